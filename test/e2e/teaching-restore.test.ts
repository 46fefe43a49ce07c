import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FilmDetail, FilmRow, TeachingCase, TeachingCollection } from '@jiapian/contract';
import { simulateExam, smallSize } from '@jiapian/simulator';
import {
  repositoryRoot,
  setUpHospital,
  signIn,
  startServer,
  temporaryFolder,
  waitUntil,
  type SignedIn,
} from '@jiapian/testkit';
import { expect, it } from 'vitest';
import { sendExam } from '../../apps/server/src/cli/send-exam.ts';

const cli = (dataFolder: string, ...args: string[]): unknown =>
  JSON.parse(
    execFileSync(process.execPath, [path.join(repositoryRoot, 'apps/server/src/cli/cli.ts'), ...args, '--json'], {
      env: { PATH: process.env['PATH'], JIAPIAN_DATA: dataFolder },
      encoding: 'utf8',
    }),
  );

/** What a person with the teaching file sees of it: the case, its collection, its picture's very bytes. */
const seenBy = async (person: SignedIn, caseId: string) => {
  const kept = await person.get<TeachingCase>(`/api/v1/teaching/cases/${caseId}`);
  const { items } = await person.get<{ items: TeachingCollection[] }>('/api/v1/teaching/collections');
  const file = await person.fetch(`/api/v1/teaching/cases/${caseId}/images/1/file`);
  const thumbnail = await person.fetch(`/api/v1/teaching/cases/${caseId}/images/1/thumbnail`);
  const sha256 = createHash('sha256')
    .update(new Uint8Array(await file.arrayBuffer()))
    .digest('hex');
  return { kept, items, answers: [file.status, thumbnail.status], sha256 };
};

it(
  'the teaching file, its collections and its pictures survive a backup and a restore',
  { timeout: 300_000 },
  async () => {
    const server = await startServer();
    const restored = temporaryFolder('teaching-restored');
    const archive = path.join(tmpdir(), `teaching-restore-${process.pid}.tar`);
    try {
      const leader = await signIn(server);
      await setUpHospital(leader);
      const peer = { host: '127.0.0.1', port: server.dicomPort, calledAeTitle: server.aeTitle, callingAeTitle: 'DR1' };
      await sendExam(simulateExam('restore', { procedure: 'hand', defectRate: 0, size: smallSize }), peer);
      const film = await waitUntil('a film to wait', async () => {
        const { items } = await leader.get<{ items: FilmRow[] }>('/api/v1/films?list=waiting&limit=1');
        return items[0];
      });
      const detail = await leader.get<FilmDetail & { standard: { version: number } }>(`/api/v1/films/${film.filmId}`);
      await leader.post(`/api/v1/films/${film.filmId}/readings`, {
        ...{ marks: [{ code: 'D03', step: 2 }], conditionsNotMet: [], places: [], note: '', grade: 'C' },
        ...{ overrideReason: 'as seen', secondsSpent: 5 },
        ...{ standardVersion: detail.standard.version, filmVersion: film.version },
      });
      const words = { title: '手正位', explanation: '示指过曝', tags: ['手'] };
      const { caseId } = await leader.post<{ caseId: string }>('/api/v1/teaching/cases', {
        filmId: film.filmId,
        ...words,
      });
      const made = await waitUntil('the case to be made', async () => {
        const found = await leader.get<TeachingCase>(`/api/v1/teaching/cases/${caseId}`);
        return found.state === 'prepared' ? found : undefined;
      });
      await leader.post(`/api/v1/teaching/cases/${caseId}/decision`, {
        ...{ decision: 'confirmed', sawPictures: true, version: made.version },
      });
      const { collectionId } = await leader.post<{ collectionId: string }>('/api/v1/teaching/collections', {
        name: '四肢',
      });
      await leader.put(`/api/v1/teaching/collections/${collectionId}/cases/${caseId}`, {});
      const before = await seenBy(leader, caseId);
      expect(before).toMatchObject({
        kept: { ...words, state: 'confirmed', grade: 'C', collections: [{ collectionId, name: '四肢' }] },
        items: [{ collectionId, name: '四肢', caseCount: 1 }],
        answers: [200, 200],
        sha256: made.images[0]?.sha256,
      });

      cli(server.dataFolder, 'backup', archive);
      cli(restored.path, 'restore', archive);
      expect(cli(restored.path, 'verify')).toMatchObject({ isClean: true, findings: [] });
      const again = await startServer({ dataFolder: restored.path });
      try {
        expect(await seenBy(await signIn(again), caseId)).toEqual(before);
      } finally {
        await again.stop();
      }
    } finally {
      await server.stop();
      restored.remove();
      rmSync(archive, { force: true });
    }
  },
);
