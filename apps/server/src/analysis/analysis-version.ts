/**
 * Version of the whole set: rises when any method, any rule's input or the reading of dose changes, so that films are
 * measured again in the background. Earlier results stay beside the new ones.
 */
export const analysisVersion = 3;
