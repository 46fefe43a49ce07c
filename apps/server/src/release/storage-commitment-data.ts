import { jsonItems, jsonNumber, jsonText, type DicomJson } from '@jiapian/dicom';

/** One object by its class and number. */
export interface ReferencedObject {
  sopClassUid: string;
  sopInstanceUid: string;
}

/** An object with what was decided of it: 0 committed, else the failure reason (0008,1197). */
export interface DecidedObject extends ReferencedObject {
  failureReason: number;
}

/** Failure reasons of PS3.3 C.14.1.1 that we give. */
export const failureReasons = {
  processingFailure: 0x0110,
  noSuchInstance: 0x0112,
  classInstanceConflict: 0x0119,
} as const;

/** Storage Commitment Push Model SOP Instance, the one that everyone asks (PS3.4 J.3.5). */
export const PUSH_MODEL_INSTANCE = '1.2.840.10008.1.20.1.1';
/** Action type "Request Storage Commitment" (PS3.4 table J.3-1). */
export const REQUEST_COMMITMENT = 1;

export interface CommitmentRequest {
  transactionUid: string;
  objects: ReferencedObject[];
}

const objectOf = (item: DicomJson): ReferencedObject => ({
  sopClassUid: jsonText(item, '00081150'),
  sopInstanceUid: jsonText(item, '00081155'),
});

/** The data set of an N-ACTION; each object once. */
export const readCommitmentRequest = (json: DicomJson): CommitmentRequest => {
  const objects = jsonItems(json, '00081199').map(objectOf);
  const named = objects.filter(({ sopInstanceUid }) => sopInstanceUid !== '');
  return {
    transactionUid: jsonText(json, '00081195'),
    objects: [...new Map(named.map((object) => [object.sopInstanceUid, object])).values()],
  };
};

export const commitmentRequestJson = ({ transactionUid, objects }: CommitmentRequest): DicomJson => ({
  '00081195': { vr: 'UI', Value: [transactionUid] },
  '00081199': { vr: 'SQ', Value: objects.map(itemOf) },
});

const itemOf = ({ sopClassUid, sopInstanceUid }: ReferencedObject): DicomJson => ({
  '00081150': { vr: 'UI', Value: [sopClassUid] },
  '00081155': { vr: 'UI', Value: [sopInstanceUid] },
});

/** The data set of an N-EVENT-REPORT and its event type: 1 everything is committed, 2 some is not (PS3.4 table J.3-2). */
export const commitmentReport = (
  transactionUid: string,
  objects: readonly DecidedObject[],
  retrieveAeTitle: string,
): { eventType: number; json: DicomJson } => {
  const committed = objects.filter(({ failureReason }) => failureReason === 0);
  const failed = objects.filter(({ failureReason }) => failureReason !== 0);
  const json: DicomJson = {
    '00081195': { vr: 'UI', Value: [transactionUid] },
    '00080054': { vr: 'AE', Value: [retrieveAeTitle] },
    '00081199': { vr: 'SQ', Value: committed.map(itemOf) },
  };
  if (failed.length === 0) return { eventType: 1, json };
  const failures = failed.map((object): DicomJson => ({
    ...itemOf(object),
    '00081197': { vr: 'US', Value: [object.failureReason] },
  }));
  return { eventType: 2, json: { ...json, '00081198': { vr: 'SQ', Value: failures } } };
};

export const readCommitmentReport = (json: DicomJson): { transactionUid: string; objects: DecidedObject[] } => ({
  transactionUid: jsonText(json, '00081195'),
  objects: [
    ...jsonItems(json, '00081199').map((item) => ({ ...objectOf(item), failureReason: 0 })),
    ...jsonItems(json, '00081198').map((item) => ({
      ...objectOf(item),
      failureReason: jsonNumber(item, '00081197') ?? failureReasons.processingFailure,
    })),
  ],
});
