import { decodeJson, encodeJson, jsonText, type DicomJson } from '@jiapian/dicom';
import {
  commandFields,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
  serviceClasses,
  statuses,
} from '@jiapian/dicom/network';
import { AppError } from '@jiapian/kernel';
import { DimseClient, type DimsePeer } from '../platform/dimse-client.ts';
import type { Corridor } from './corridor.ts';
import { getStudy } from './fetch-by-get.ts';
import type { ArchiveSource, WantedStudies } from './fetch-source.ts';

const find = serviceClasses.studyRootFind.uid;
const move = serviceClasses.studyRootMove.uid;
/** An archive may need so long between two objects that it sends us, ms. [PD] */
const MOVE_SILENCE_MS = 300_000;
const MEDIUM_PRIORITY = 0;

const uid = (value: string) => ({ vr: 'UI', Value: value === '' ? [] : [value] });
const text = (vr: string, value: string) => ({ vr, Value: value === '' ? [] : [value] });

/** An archive that is asked by C-FIND and sends by C-MOVE to our own title; one that has no address for it, by C-GET. */
export const dimseSource = (peer: DimsePeer, corridor: () => Corridor): ArchiveSource => ({
  findStudies: (wanted) =>
    withAssociation(peer, find, async (client, encoding) => {
      const studies = await query(client, encoding, studyQuery(wanted), wanted.limit);
      const found = studies.map((study) => jsonText(study, '0020000D')).filter((one) => one !== '');
      if (wanted.stationName === '') return found;
      const ofDevice: string[] = [];
      for (const study of found) {
        const series = await query(client, encoding, seriesQuery(study), SERIES_LIMIT);
        if (isOfStation(series, wanted.stationName)) ofDevice.push(study);
      }
      return ofDevice;
    }),
  fetchStudy: async (study) => {
    const moved = await moveStudy(peer, study);
    return moved === 'destination-unknown' ? getStudy(peer, study, corridor()) : moved;
  },
});

const moveStudy = (peer: DimsePeer, study: string): Promise<number | 'destination-unknown'> =>
  withAssociation(peer, move, async (client, encoding) => {
    const command = {
      CommandField: commandFields.moveRequest,
      AffectedSOPClassUID: move,
      Priority: MEDIUM_PRIORITY,
      MoveDestination: peer.callingAeTitle,
    };
    const identifier = encodeJson({ '00080052': text('CS', 'STUDY'), '0020000D': uid(study) }, encoding);
    const { command: answer } = await client.call(move, command, identifier, () => undefined);
    const status = answer.Status ?? statuses.processingFailure;
    if (status === statuses.moveDestinationUnknown) return 'destination-unknown';
    const failed = answer.NumberOfFailedSuboperations ?? 0;
    if (status !== statuses.success || failed > 0) {
      throw new AppError('DIMSE_REFUSED', { status: status.toString(16).padStart(4, '0'), failed });
    }
    return answer.NumberOfCompletedSuboperations ?? 0;
  });

/** Series of one study that are looked at for the name of their station. */
const SERIES_LIMIT = 100;

/** A station that the archive does not tell excludes nothing. */
const isOfStation = (series: readonly DicomJson[], stationName: string): boolean => {
  const names = series.map((one) => jsonText(one, '00081010')).filter((name) => name !== '');
  return names.length === 0 || names.includes(stationName);
};

const studyQuery = ({ fromDay, toDay, modality }: WantedStudies): DicomJson => ({
  '00080020': text('DA', fromDay === toDay ? fromDay : `${fromDay}-${toDay}`),
  '00080030': { vr: 'TM' },
  '00080050': { vr: 'SH' },
  '00080052': text('CS', 'STUDY'),
  '00080061': text('CS', modality),
  '0020000D': { vr: 'UI' },
});

const seriesQuery = (study: string): DicomJson => ({
  '00080052': text('CS', 'SERIES'),
  '00080060': { vr: 'CS' },
  '00081010': { vr: 'SH' },
  '0020000D': uid(study),
  '0020000E': { vr: 'UI' },
});

const query = async (client: DimseClient, encoding: string, keys: DicomJson, limit: number): Promise<DicomJson[]> => {
  const found: DicomJson[] = [];
  const command = { CommandField: commandFields.findRequest, AffectedSOPClassUID: find, Priority: MEDIUM_PRIORITY };
  const { command: answer } = await client.call(
    find,
    command,
    encodeJson(keys, encoding),
    ({ dataset, transferSyntax }) => {
      if (found.length < limit) found.push(decodeJson(dataset, transferSyntax));
      if (found.length === limit) client.cancel(find);
    },
  );
  if (answer.Status !== statuses.success && answer.Status !== statuses.cancelled) {
    throw new AppError('DIMSE_REFUSED', { status: answer.Status?.toString(16), reason: answer.ErrorComment ?? '' });
  }
  return found;
};

const withAssociation = async <Value>(
  peer: DimsePeer,
  abstractSyntax: string,
  work: (client: DimseClient, encoding: string) => Promise<Value>,
): Promise<Value> => {
  const proposals = [EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN].map((transferSyntax) => ({
    abstractSyntax,
    transferSyntax,
  }));
  const client = await DimseClient.associate(peer, proposals, {
    answerMs: MOVE_SILENCE_MS,
    stalledMs: MOVE_SILENCE_MS,
  });
  try {
    const encoding = client.encodingOf(abstractSyntax);
    if (encoding === undefined) throw new AppError('DIMSE_REFUSED', { reason: 'context-not-accepted' });
    return await work(client, encoding);
  } finally {
    await client.release();
  }
};
