/** Where a frame lies: workers are fed by path and offset, never by pixels. */
export interface FrameSource {
  path: string;
  /** First byte of the data set in the file. */
  dataSetOffset: number;
  transferSyntaxUid: string;
  numberOfFrames: number;
}
