import { elementsOf, encodeDataSet, type KeywordValues } from '@jiapian/dicom';
import { DimseClient, type DimsePeer } from '../../apps/server/src/platform/dimse-client.ts';

const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
const DX = '1.2.840.10008.5.1.4.1.1.1.1';
const CT = '1.2.840.10008.5.1.4.1.1.2';

/** One picture whose every pixel is known: stored value by place. */
export interface KnownPicture {
  readonly columns: number;
  readonly rows: number;
  readonly bits: 8 | 12;
  readonly photometric: 'MONOCHROME1' | 'MONOCHROME2';
  /** Window centre and width; 128 and 256 show eight bits as they are stored (PS3.3 C.11.2.1.2.1). */
  readonly window: readonly [number, number];
  readonly spacingMm: number;
  readonly stored: (x: number, y: number) => number;
}

/** Sends pictures as one exam of one series: a radiograph each, or a CT stack. */
export const sendPictures = async (
  peer: DimsePeer,
  exam: { readonly number: number; readonly modality: 'DX' | 'CT' },
  pictures: readonly KnownPicture[],
): Promise<void> => {
  const abstractSyntax = exam.modality === 'DX' ? DX : CT;
  const client = await DimseClient.associate(peer, [{ abstractSyntax, transferSyntax: EXPLICIT_LITTLE_ENDIAN }]);
  try {
    for (const [index, picture] of pictures.entries()) {
      const sopInstanceUid = `2.25.77${exam.number}3${index + 1}`;
      const values = { ...examValues(exam, abstractSyntax, sopInstanceUid, index), ...pictureValues(picture) };
      const bytes = Buffer.concat(encodeDataSet(elementsOf(values)));
      await client.store({
        sopClassUid: abstractSyntax,
        sopInstanceUid,
        transferSyntaxUid: EXPLICIT_LITTLE_ENDIAN,
        dataset: {
          byteLength: bytes.byteLength,
          fill: async (views, position) => {
            let at = position;
            for (const view of views) {
              view.set(bytes.subarray(at, at + view.byteLength));
              at += view.byteLength;
            }
          },
          close: async () => undefined,
        },
      });
    }
  } finally {
    await client.release();
  }
};

const examValues = (
  { number, modality }: { number: number; modality: string },
  sopClassUid: string,
  sopInstanceUid: string,
  index: number,
): KeywordValues => ({
  SpecificCharacterSet: 'ISO_IR 192',
  SOPClassUID: sopClassUid,
  SOPInstanceUID: sopInstanceUid,
  StudyInstanceUID: `2.25.77${number}1`,
  SeriesInstanceUID: `2.25.77${number}2`,
  StudyDate: '20261124',
  StudyTime: `10${String(number).padStart(2, '0')}00`,
  AccessionNumber: `KNOWN${number}`,
  Modality: modality,
  PatientID: `K${number}`,
  PatientName: 'Known^Picture',
  SeriesNumber: 1,
  InstanceNumber: index + 1,
  ImagePositionPatient: [0, 0, index],
  ImageOrientationPatient: [1, 0, 0, 0, 1, 0],
});

const pictureValues = (picture: KnownPicture): KeywordValues => {
  const { columns, rows, bits, spacingMm, stored } = picture;
  const pixels = Uint16Array.from({ length: columns * rows }, (_, place) =>
    stored(place % columns, Math.floor(place / columns)),
  );
  return {
    SamplesPerPixel: 1,
    PhotometricInterpretation: picture.photometric,
    Rows: rows,
    Columns: columns,
    BitsAllocated: 16,
    BitsStored: bits,
    HighBit: bits - 1,
    PixelRepresentation: 0,
    PixelSpacing: [spacingMm, spacingMm],
    WindowCenter: picture.window[0],
    WindowWidth: picture.window[1],
    RescaleIntercept: 0,
    RescaleSlope: 1,
    PixelData: pixels,
  };
};
