import { randomBytes, randomInt } from 'node:crypto';
import type { TeachingReport } from '@jiapian/contract';
import { encodePart10Header } from '@jiapian/dicom';
import { deidentifyProfile } from '@jiapian/dicom/deidentify';
import { AppError, type Clock } from '@jiapian/kernel';
import { cornerRegions, type PictureRegion } from '@jiapian/rules';
import type { WorkerPool } from '../analysis/index.ts';
import type { ObjectStore } from '../archive/index.ts';
import { recordEntry, systemActor } from '../audit/index.ts';
import type { Database, UnitOfWork } from '../platform/database.ts';
import { forEachHospital } from '../platform/each-hospital.ts';
import type { LiveEvents } from '../platform/live-events.ts';
import { findRequested, lockCase, updateCase, type StoredCase } from './cases.repository.ts';
import { nextStateOf } from './change-case.ts';
import type { DeidentifyResult, DeidentifyTask } from './deidentify-job.ts';
import { insertObjects, type NewObject } from './objects.repository.ts';
import { adoptKeptFilms } from './request-case.ts';
import { findSourceImages } from './source-film.repository.ts';
import type { TeachingStore } from './teaching-store.ts';

export interface PreparingParts {
  database: Database;
  clock: Clock;
  liveEvents: Pick<LiveEvents, 'publishWith'>;
  archive: Pick<ObjectStore, 'path'>;
  store: TeachingStore;
  pool: WorkerPool<DeidentifyTask, DeidentifyResult>;
}

/** A CT or MR exam comes with so many images, evenly spaced: enough to judge, few enough to look at each. [PD] */
const mostImages = 24;

/** Takes in what meetings kept, and makes the files of the cases that wait, one after the other. */
export const prepareCases = async (parts: PreparingParts, signal: AbortSignal): Promise<void> => {
  const waiting: { hospitalId: string; stored: StoredCase }[] = [];
  await forEachHospital(parts.database, async (unit) => {
    const adopted = await adoptKeptFilms(unit, parts.clock.now());
    if (adopted > 0) await parts.liveEvents.publishWith(unit, 'teaching.changed');
    const stored = await findRequested(unit);
    if (stored) waiting.push({ hospitalId: unit.hospitalId, stored });
  });
  for (const { hospitalId, stored } of waiting) if (!signal.aborted) await prepareCase(parts, hospitalId, stored);
};

const prepareCase = async (parts: PreparingParts, hospitalId: string, stored: StoredCase): Promise<void> => {
  const made = await makeFiles(parts, hospitalId, stored);
  const isKept = await parts.database.withHospital(hospitalId, (unit) => saveResult(unit, parts, stored, made));
  // Somebody asked for it anew meanwhile, or the check found something: nobody names these files.
  if (!isKept) for (const { objectId } of made.objects) await parts.store.remove(objectId);
};

interface Made {
  objects: NewObject[];
  report: TeachingReport;
}

const makeFiles = async (parts: PreparingParts, hospitalId: string, stored: StoredCase): Promise<Made> => {
  const images = await parts.database.withHospital(hospitalId, (unit) =>
    findSourceImages(unit, stored.film_id, mostImages),
  );
  const objects: NewObject[] = [];
  const report: TeachingReport = { profile: deidentifyProfile, sought: 0, found: [], scrubbed: [], failure: null };
  const common = commonOf(stored);
  try {
    if (images.length === 0) throw new AppError('DICOM_NO_PIXELS', { reason: 'the film has no image' });
    for (const image of images) {
      const path = await parts.archive.path(image.objectId);
      const made = await parts.pool.run({ ...image, ...common, path }, 0);
      report.sought += made.soughtCount;
      report.found.push(...made.found.map(({ kind, at }) => ({ kind, element: at === null ? null : tagText(at) })));
      report.scrubbed = [...new Set([...report.scrubbed, ...made.scrubbed.map(tagText)])];
      if (made.found.length === 0) objects.push({ ...(await keep(parts.store, made)), number: objects.length + 1 });
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    report.failure = error.code;
  }
  return { objects, report };
};

/** The same for every image of the case, so that they stay together; different for every case. */
const commonOf = (
  stored: StoredCase,
): Pick<DeidentifyTask, 'code' | 'movedByDays' | 'keepsCharacteristics' | 'regions' | 'secret'> => ({
  code: stored.code,
  movedByDays: stored.dates === 'moved' ? -randomInt(...movedDays) : null,
  keepsCharacteristics: stored.keeps_characteristics,
  regions: [...(stored.masks_corners ? cornerRegions : []), ...(stored.regions as unknown as readonly PictureRegion[])],
  secret: randomBytes(secretBytes).toString('hex'),
});

/** Dates move back by a month to ten years. [PD] */
const movedDays = [30, 3_650] as const;
const secretBytes = 32;

const keep = async (store: TeachingStore, made: DeidentifyResult): Promise<Omit<NewObject, 'number'>> => {
  const { objectId, sha256 } = await store.put(made.bytes);
  const { sopInstanceUid, sopClassUid, transferSyntaxUid, rows, columns, numberOfFrames } = made;
  return {
    ...{ objectId, sha256, sopInstanceUid, sopClassUid, transferSyntaxUid, rows, columns, numberOfFrames },
    sizeBytes: made.bytes.byteLength,
    dataSetOffset: encodePart10Header({ sopClassUid, sopInstanceUid, transferSyntaxUid }).length,
  };
};

const tagText = (tag: number): string => {
  const hex = tag.toString(16).padStart(8, '0').toUpperCase();
  return `(${hex.slice(0, 4)},${hex.slice(4)})`;
};

const saveResult = async (
  unit: UnitOfWork,
  { clock, liveEvents }: PreparingParts,
  stored: StoredCase,
  { objects, report }: Made,
): Promise<boolean> => {
  const now = await lockCase(unit, stored.case_id);
  if (now?.state !== 'requested' || now.version !== stored.version) return false;
  const isClean = report.failure === null && report.found.length === 0;
  const state = nextStateOf(now.state, isClean ? 'checked-clean' : 'check-failed');
  if (isClean) await insertObjects(unit, stored.case_id, objects);
  await updateCase(unit, stored.case_id, { state, report, preparedAt: clock.now() });
  await recordEntry(unit, systemActor('teaching'), {
    action: isClean ? 'teaching.case-prepared' : 'teaching.case-check-failed',
    subjectKind: 'teaching-case',
    subjectId: stored.case_id,
    facts: { images: objects.length, sought: report.sought, found: report.found.length, failure: report.failure },
  });
  await liveEvents.publishWith(unit, 'teaching.changed', { caseId: stored.case_id });
  return isClean;
};
