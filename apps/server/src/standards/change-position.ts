import type { PositionSetView } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import { positionOf, positionSets, readPositionRows, positionColumns, type HospitalPosition } from '@jiapian/rules';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { insertPosition, insertSet, listPositions, listSets } from './positions.repository.ts';

interface PositionChange {
  position: HospitalPosition;
  version: number;
  isVerified: boolean;
  at: Date;
}

/** Adds a version of a hospital's own position; the library's stays beneath, unchanged. */
export const changePosition = async (
  unit: UnitOfWork,
  by: AuditActor,
  { position, version, isVerified, at }: PositionChange,
): Promise<void> => {
  const outcome = readPositionRows([positionColumns, positionColumns.map((column) => cellOf(position, column))]);
  const problems = 'rows' in outcome ? outcome.rows.flatMap((row) => row.problems) : [];
  if (problems.length > 0) throw new AppError('STANDARDS_POSITION_FAULTY', { code: position.code, problems });
  const current = (await listPositions(unit)).find(({ code }) => code === position.code)?.version ?? 0;
  const change = { version: version + 1, at, by: by.accountId, isVerified };
  if (current !== version || !(await insertPosition(unit, position, change)))
    throw new AppError('STANDARDS_STALE_VERSION', { code: position.code });
  await recordEntry(unit, by, {
    action: 'standards.position-changed',
    subjectKind: 'position',
    subjectId: position.code,
    facts: { version: version + 1, isVerified },
  });
};

const cellOf = (position: HospitalPosition, column: (typeof positionColumns)[number]): string => {
  if (column === 'code' || column === 'region' || column === 'source') return position[column];
  const [field, language] = column.split('_') as ['name' | 'coverage' | 'positioning' | 'visible', 'zh' | 'en'];
  return position[field][language];
};

/** The named sets as the hospital has them. */
export const readSets = async (unit: UnitOfWork): Promise<PositionSetView[]> => {
  const own = await listSets(unit);
  return positionSets.map(({ code, name, members, size, isConfirmed, source }) => {
    const row = own.find((each) => each.set_code === code);
    return {
      code,
      name,
      size,
      source,
      members: row ? (row.members as string[]) : [...members],
      isConfirmed: row?.is_confirmed ?? isConfirmed,
      version: row?.version ?? 0,
    };
  });
};

interface SetChange {
  code: string;
  version: number;
  members: readonly string[];
  isConfirmed: boolean;
  at: Date;
}

/** Who is in a set: positions of the library or the hospital's own, each once. */
export const changeSet = async (unit: UnitOfWork, by: AuditActor, change: SetChange): Promise<void> => {
  const { code, version, members, isConfirmed, at } = change;
  const set = (await readSets(unit)).find((each) => each.code === code);
  if (!set) throw new AppError('STANDARDS_SET_NOT_FOUND', { code });
  const own = new Set((await listPositions(unit)).map((row) => row.code));
  const unknown = members.filter((member) => positionOf(member) === null && !own.has(member));
  const twice = members.filter((member, index) => members.indexOf(member) !== index);
  if (unknown.length + twice.length > 0) throw new AppError('STANDARDS_SET_FAULTY', { code, unknown, twice });
  const isWritten =
    set.version === version &&
    (await insertSet(unit, { code, members, isConfirmed }, { version: version + 1, at, by: by.accountId }));
  if (!isWritten) throw new AppError('STANDARDS_STALE_VERSION', { code });
  await recordEntry(unit, by, {
    action: 'standards.set-changed',
    subjectKind: 'position-set',
    subjectId: code,
    facts: { version: version + 1, members: members.length, isConfirmed },
  });
};
