import type { PositionImport } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import { readPositionRows, type HospitalPosition } from '@jiapian/rules';
import type { AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { changePosition, changeSet, readSets } from './change-position.ts';
import { readPositionFile } from './position-file.ts';
import { listPositions } from './positions.repository.ts';

interface ImportedFile {
  setCode: string;
  format: 'csv' | 'xlsx' | 'json';
  content: string;
  isDryRun: boolean;
  at: Date;
}

/**
 * Loads a hospital's own text of a set: every row becomes one of its positions, and the set becomes these rows in their
 * order. All or nothing: with one refused row the report is all there is.
 */
export const importPositions = async (
  unit: UnitOfWork,
  by: AuditActor,
  { setCode, format, content, isDryRun, at }: ImportedFile,
): Promise<PositionImport> => {
  const set = (await readSets(unit)).find(({ code }) => code === setCode);
  if (!set) throw new AppError('STANDARDS_SET_NOT_FOUND', { code: setCode });
  const read = readPositionRows(await readPositionFile(format, content));
  if ('file' in read) return { file: { ...read.file, columns: [...read.file.columns] }, rows: [], isWritten: false };
  const own = new Map((await listPositions(unit)).map((row) => [row.code, row]));
  const rows = read.rows.map(({ line, code, problems, position }) => ({
    line,
    code,
    problems: problems.map((problem) => ({ ...problem })),
    outcome: position === null ? ('refused' as const) : outcomeOf(position, own.get(position.code)?.content),
  }));
  const isSound = read.rows.every(({ position }) => position !== null);
  if (isDryRun || !isSound) return { file: null, rows, isWritten: false };
  for (const [index, { position }] of read.rows.entries()) {
    if (position === null || rows[index]?.outcome === 'same') continue;
    await changePosition(unit, by, {
      position,
      version: own.get(position.code)?.version ?? 0,
      isVerified: false,
      at,
    });
  }
  const members = read.rows.map(({ code }) => code);
  await changeSet(unit, by, { code: setCode, version: set.version, members, isConfirmed: false, at });
  return { file: null, rows, isWritten: true };
};

const outcomeOf = (position: HospitalPosition, before: unknown): 'new' | 'changed' | 'same' => {
  if (before === undefined) return 'new';
  const kept = before as HospitalPosition;
  const isSame = (Object.keys(position) as (keyof HospitalPosition)[]).every((field) =>
    typeof position[field] === 'string'
      ? position[field] === kept[field]
      : position[field].zh === (kept[field] as { zh: string }).zh &&
        position[field].en === (kept[field] as { en: string }).en,
  );
  return isSame ? 'same' : 'changed';
};
