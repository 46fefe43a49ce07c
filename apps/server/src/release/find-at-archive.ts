import { decodeJson, encodeJson, jsonText, type DicomJson } from '@jiapian/dicom';
import { commandFields, serviceClasses } from '@jiapian/dicom/network';
import { AppError } from '@jiapian/kernel';
import { DimseClient, type DimseMessage } from '../platform/dimse-client.ts';
import type { DimsePeer } from '../platform/dimse-peer.ts';

/** Asks an archive which objects of a study it shows; throws when it cannot be asked. */
export type Finder = (study: {
  studyInstanceUid: string;
  seriesInstanceUids: readonly string[];
}) => Promise<ReadonlySet<string>>;

const IMPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2';
const SOP_INSTANCE_UID = '00080018';
const FIND_TIMEOUT_MS = 30_000;
/** More objects of one series than any device makes; a list that is cut would prove nothing. */
const INSTANCES_MAX = 100_000;

/** C-FIND at image level, series by series, because the hierarchical model asks for the series (PS3.4 §C.4.1.2.2). */
export const createDimseFinder =
  (peer: DimsePeer): Finder =>
  async ({ studyInstanceUid, seriesInstanceUids }) => {
    const abstractSyntax = serviceClasses.studyRootFind.uid;
    const client = await DimseClient.associate(peer, [{ abstractSyntax, transferSyntax: IMPLICIT_VR_LITTLE_ENDIAN }], {
      answerMs: FIND_TIMEOUT_MS,
    });
    const found = new Set<string>();
    try {
      for (const series of seriesInstanceUids) {
        const keys = encodeJson(imageKeys(studyInstanceUid, series), IMPLICIT_VR_LITTLE_ENDIAN);
        const answer = await client.call(
          abstractSyntax,
          { CommandField: commandFields.findRequest, AffectedSOPClassUID: abstractSyntax, Priority: 0 },
          keys,
          (message) => remember(found, message),
        );
        const status = answer.command.Status ?? 0;
        if (status !== 0) throw new AppError('DIMSE_REFUSED', { reason: 'find', status });
      }
    } finally {
      await client.release();
    }
    return found;
  };

const remember = (found: Set<string>, { dataset, transferSyntax }: DimseMessage): void => {
  if (found.size >= INSTANCES_MAX) throw new AppError('DIMSE_PROTOCOL', { reason: 'too-many-answers' });
  found.add(jsonText(decodeJson(dataset, transferSyntax), SOP_INSTANCE_UID));
};

const imageKeys = (study: string, series: string): DicomJson => ({
  '00080052': { vr: 'CS', Value: ['IMAGE'] },
  '0020000D': { vr: 'UI', Value: [study] },
  '0020000E': { vr: 'UI', Value: [series] },
  [SOP_INSTANCE_UID]: { vr: 'UI' },
});

/** QIDO-RS for the instances of a study. */
export const createQidoFinder =
  (archive: { url: string; authorization: string }): Finder =>
  async ({ studyInstanceUid }) => {
    const base = archive.url.replace(/\/+$/, '');
    const response = await fetch(`${base}/studies/${studyInstanceUid}/instances?limit=${INSTANCES_MAX}`, {
      headers: {
        accept: 'application/dicom+json',
        ...(archive.authorization !== '' && { authorization: archive.authorization }),
      },
      signal: AbortSignal.timeout(FIND_TIMEOUT_MS),
    }).catch((cause: unknown) => {
      throw new AppError('DIMSE_UNREACHABLE', { reason: 'qido' }, cause);
    });
    // A study that is hidden whole is not there (IHE IOCM); some archives answer an empty list instead.
    if (response.status === 404 || response.status === 204) return new Set();
    if (!response.ok) throw new AppError('DIMSE_REFUSED', { reason: 'qido', status: response.status });
    const rows = (await response.json()) as DicomJson[];
    return new Set(rows.map((row) => jsonText(row, SOP_INSTANCE_UID)));
  };
