import type { Deidentified } from '@jiapian/dicom/deidentify';
import type { PictureRegion } from '@jiapian/rules';

/** What the thread is asked: a file of the archive by path, and how it is cleaned. */
export interface DeidentifyTask {
  path: string;
  /** First byte of the data set in the stored file. */
  dataSetOffset: number;
  sopClassUid: string;
  sopInstanceUid: string;
  transferSyntaxUid: string;
  code: string;
  movedByDays: number | null;
  keepsCharacteristics: boolean;
  regions: readonly PictureRegion[];
  /** Known to this run only: nobody can work out afterwards which UID became which. */
  secret: string;
}

export type DeidentifyResult = Omit<Deidentified, 'bytes'> & { bytes: Uint8Array<ArrayBuffer> };
