import { createHash } from 'node:crypto';
import { elementsOf, encodeDataSet, joinChunks, type KeywordValues } from '@jiapian/dicom';
import { newObjectId } from '../../../apps/server/src/archive/object-id.ts';
import type { ReceivedObject } from '../../../apps/server/src/exams/index.ts';

/** A whole file, as a door hands it to the register. */
export const receivedFile = (
  bytes: Uint8Array,
  receivedAt: Date,
  over: Partial<ReceivedObject> = {},
): ReceivedObject => ({
  objectId: newObjectId(receivedAt),
  receivedAt,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  sizeBytes: bytes.length,
  datasetOffset: 0,
  head: bytes,
  door: 'dimse',
  callingAeTitle: 'DR1',
  calledAeTitle: 'JIAPIAN',
  remoteAddress: '10.0.0.9',
  fileName: '',
  ...over,
});

const explicitLittleEndian = '1.2.840.10008.1.2.1';

/** The data set of a small radiograph; `values` replace or add elements. */
export const smallDataSet = (values: KeywordValues): Uint8Array =>
  joinChunks(
    encodeDataSet(
      elementsOf({
        SpecificCharacterSet: 'ISO_IR 192',
        SOPClassUID: '1.2.840.10008.5.1.4.1.1.1.1',
        SOPInstanceUID: '2.25.100.1',
        StudyInstanceUID: '2.25.100',
        SeriesInstanceUID: '2.25.100.5',
        StudyDate: '20261124',
        StudyTime: '093000',
        Modality: 'DX',
        PatientName: 'Zhang^San=张^三',
        PatientID: 'P1',
        AccessionNumber: 'A1',
        Rows: 2,
        Columns: 2,
        SamplesPerPixel: 1,
        PhotometricInterpretation: 'MONOCHROME2',
        BitsAllocated: 16,
        BitsStored: 12,
        HighBit: 11,
        PixelRepresentation: 0,
        PixelData: Uint16Array.of(1, 2, 3, 4),
        ...values,
      }),
    ),
  );

/** A small radiograph as the DICOM door hands it on. */
export const receivedImage = (
  values: KeywordValues,
  receivedAt: Date,
  over: Partial<ReceivedObject> = {},
): ReceivedObject =>
  receivedFile(smallDataSet(values), receivedAt, { transferSyntaxUid: explicitLittleEndian, ...over });
