import { randomUUID } from 'node:crypto';
import { encodeDataSet, elementsOf, joinChunks } from '@jiapian/dicom';
import { DimseClient, type DimseAnswer } from '../../apps/server/src/platform/dimse-client.ts';
import { bytesDataset } from '../../apps/server/src/platform/dimse-dataset.ts';
import type { Server } from '../testkit/src/server.ts';

export const CT_IMAGE = '1.2.840.10008.5.1.4.1.1.2';
export const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

export interface Slice {
  sopInstanceUid: string;
  bytes: Uint8Array;
}

/** Where a slice belongs; `side` is its rows and its columns. */
export interface SlicePlace {
  study: string;
  series: string;
  instanceNumber?: number;
  side?: number;
}

export const newUid = (): string => `2.25.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;

/** A CT image: its bytes differ from another's by its UID and number only. */
export const ctSlice = ({ study, series, instanceNumber = 1, side = 128 }: SlicePlace): Slice => {
  const sopInstanceUid = newUid();
  const elements = elementsOf({
    SOPClassUID: CT_IMAGE,
    SOPInstanceUID: sopInstanceUid,
    StudyDate: '20261124',
    Modality: 'CT',
    PatientName: 'Fault^Test',
    PatientID: 'F1',
    StudyInstanceUID: study,
    SeriesInstanceUID: series,
    InstanceNumber: String(instanceNumber),
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    Rows: side,
    Columns: side,
    BitsAllocated: 16,
    BitsStored: 12,
    HighBit: 11,
    PixelRepresentation: 0,
    PixelData: new Uint8Array(side * side * 2),
  });
  return { sopInstanceUid, bytes: joinChunks(encodeDataSet(elements)) };
};

/** An association as a CT opens it. */
export const openAssociation = ({ dicomPort, aeTitle }: Server): Promise<DimseClient> =>
  DimseClient.associate({ host: '127.0.0.1', port: dicomPort, calledAeTitle: aeTitle, callingAeTitle: 'CT1' }, [
    { abstractSyntax: CT_IMAGE, transferSyntax: EXPLICIT_LITTLE_ENDIAN },
  ]);

export const storeSlice = (client: DimseClient, { sopInstanceUid, bytes }: Slice): Promise<DimseAnswer> =>
  client.store({
    sopClassUid: CT_IMAGE,
    sopInstanceUid,
    transferSyntaxUid: EXPLICIT_LITTLE_ENDIAN,
    dataset: bytesDataset(bytes),
  });
