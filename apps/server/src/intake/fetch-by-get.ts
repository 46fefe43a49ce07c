import { encodeJson, storageSopClasses } from '@jiapian/dicom';
import {
  commandFields,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  serviceClasses,
  statuses,
} from '@jiapian/dicom/network';
import { AppError } from '@jiapian/kernel';
import { DimseClient, type DimsePeer, type Proposal } from '../platform/dimse-client.ts';
import type { Corridor } from './corridor.ts';

const get = serviceClasses.studyRootGet.uid;
/** JPEG Lossless SV1 and JPEG 2000 Lossless: what archives keep radiographs and slices in besides plain. */
const lossless = ['1.2.840.10008.1.2.4.70', '1.2.840.10008.1.2.4.90'];
/** An archive may need so long between two objects, ms. [PD] */
const SILENCE_MS = 300_000;
const MEDIUM_PRIORITY = 0;

/**
 * Fetches a study by C-GET, for an archive that has no address of ours to move to: the objects come on our own
 * association, straight into the corridor. Answers how many. Throws `DIMSE_REFUSED` when one of them did not come.
 */
export const getStudy = async (peer: DimsePeer, study: string, corridor: Corridor): Promise<number> => {
  const timeouts = { answerMs: SILENCE_MS, stalledMs: SILENCE_MS };
  const client = await DimseClient.associate(peer, proposals(), timeouts);
  try {
    const encoding = client.encodingOf(get);
    if (encoding === undefined) throw new AppError('DIMSE_REFUSED', { reason: 'context-not-accepted' });
    client.takeObjects((command, transferSyntaxUid, onRoom) =>
      corridor.begin(
        {
          door: 'import',
          callingAeTitle: '',
          calledAeTitle: '',
          remoteAddress: peer.host,
          fileName: '',
          transferSyntaxUid,
          ...(command.AffectedSOPClassUID === undefined ? {} : { sopClassUid: command.AffectedSOPClassUID }),
          ...(command.AffectedSOPInstanceUID === undefined ? {} : { sopInstanceUid: command.AffectedSOPInstanceUID }),
        },
        onRoom,
      ),
    );
    const identifier = { '00080052': { vr: 'CS', Value: ['STUDY'] }, '0020000D': { vr: 'UI', Value: [study] } };
    const command = { CommandField: commandFields.getRequest, AffectedSOPClassUID: get, Priority: MEDIUM_PRIORITY };
    const { command: answer } = await client.call(get, command, encodeJson(identifier, encoding), () => undefined);
    const status = answer.Status ?? statuses.processingFailure;
    const failed = answer.NumberOfFailedSuboperations ?? 0;
    if (status !== statuses.success || failed > 0) {
      throw new AppError('DIMSE_REFUSED', { status: status.toString(16).padStart(4, '0'), failed });
    }
    return answer.NumberOfCompletedSuboperations ?? 0;
  } finally {
    await client.release();
  }
};

/** The query in both plain encodings, and each storage class as its provider: 128 contexts at most. */
const proposals = (): Proposal[] => [
  ...[EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN].map((transferSyntax) => ({
    abstractSyntax: get,
    transferSyntax,
  })),
  ...storageSopClasses.flatMap(({ uid }) =>
    [EXPLICIT_LITTLE_ENDIAN, ...lossless].map((transferSyntax) => ({
      abstractSyntax: uid,
      transferSyntax,
      asProvider: true,
    })),
  ),
];
