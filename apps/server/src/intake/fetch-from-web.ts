import { AppError } from '@jiapian/kernel';
import type { DicomJson } from '@jiapian/dicom';
import { jsonText } from '@jiapian/dicom';
import type { Corridor } from './corridor.ts';
import type { ArchiveSource } from './fetch-source.ts';
import { boundaryOf, readMultipart } from './multipart-related.ts';
import { receiveFile } from './receive-file.ts';

/** An archive that says nothing for so long is taken as away, ms. [PD] */
const ANSWER_WITHIN_MS = 60_000;
const STUDY_WITHIN_MS = 600_000;

export interface WebArchive {
  url: string;
  /** The value of the Authorization header; empty for none. */
  authorization: string;
}

/** An archive that is asked by QIDO-RS and read by WADO-RS (PS3.18 §10.4, §10.6); the objects go through our corridor. */
export const webSource = (archive: WebArchive, corridor: Corridor): ArchiveSource => ({
  findStudies: async ({ fromDay, toDay, modality, stationName, limit }) => {
    const range = fromDay === toDay ? fromDay : `${fromDay}-${toDay}`;
    const studies = await search(archive, 'studies', {
      StudyDate: range,
      ModalitiesInStudy: modality,
      limit: String(limit),
    });
    const uids = studies.map((study) => jsonText(study, '0020000D')).filter((uid) => uid !== '');
    if (stationName === '') return uids;
    const ofDevice: string[] = [];
    for (const uid of uids) {
      const series = await search(archive, `studies/${uid}/series`, { includefield: '00081010' });
      const names = series.map((one) => jsonText(one, '00081010')).filter((name) => name !== '');
      if (names.length === 0 || names.includes(stationName)) ofDevice.push(uid);
    }
    return ofDevice;
  },
  fetchStudy: async (uid) => {
    const accept = 'multipart/related; type="application/dicom"; transfer-syntax=*';
    const response = await ask(archive, `studies/${uid}`, accept, STUDY_WITHIN_MS);
    const source = { door: 'import', callingAeTitle: '', calledAeTitle: '', remoteAddress: '', fileName: '' } as const;
    let objects = 0;
    const boundary = boundaryOf(response.headers.get('content-type') ?? '');
    for await (const part of readMultipart(response.body as AsyncIterable<Uint8Array>, boundary)) {
      await receiveFile(corridor, source, part.content);
      objects += 1;
    }
    return objects;
  },
});

const search = async (archive: WebArchive, path: string, query: Record<string, string>): Promise<DicomJson[]> => {
  const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
  const response = await ask(archive, `${path}?${parameters.toString()}`, 'application/dicom+json', ANSWER_WITHIN_MS);
  return response.status === 204 ? [] : ((await response.json()) as DicomJson[]);
};

const ask = async ({ url, authorization }: WebArchive, path: string, accept: string, withinMs: number) => {
  const response = await fetch(`${url.replace(/\/+$/, '')}/${path}`, {
    headers: { accept, ...(authorization === '' ? {} : { authorization }) },
    signal: AbortSignal.timeout(withinMs),
  }).catch((cause: unknown) => {
    throw new AppError('INTAKE_ARCHIVE_REFUSED', { reason: 'no-answer' }, cause);
  });
  if (!response.ok) throw new AppError('INTAKE_ARCHIVE_REFUSED', { status: response.status });
  return response;
};
