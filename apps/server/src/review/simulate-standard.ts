import type { StandardSimulation } from '@jiapian/contract';
import { grades, type Grade } from '@jiapian/kernel';
import { regradeWith, type ReviewStandard } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { findCountingReadings } from './simulation.repository.ts';

const pageRows = 20_000;
/** Films a person would open to see what the change does. */
const FILMS_SHOWN = 100;

interface Moves {
  readings: number;
  before: Partial<Record<Grade, number>>;
  after: Partial<Record<Grade, number>>;
  better: number;
  stricter: number;
}

/** What the grades of these days would have been under another standard; nothing is changed by asking. */
export const simulateStandard = async (
  unit: UnitOfWork,
  standard: ReviewStandard,
  days: { from: string; to: string },
): Promise<Omit<StandardSimulation, 'from' | 'to'>> => {
  const all = noMoves();
  const devices = new Map<string | null, Moves & { name: string }>();
  const positions = new Map<string | null, Moves>();
  const films: StandardSimulation['films'] = [];
  const moves = new Map<string, StandardSimulation['moves'][number]>();
  const regradeOne = regradeWith(standard);
  let partial = 0;
  let after: string | null = null;
  do {
    const rows: Awaited<ReturnType<typeof findCountingReadings>> = await findCountingReadings(unit, days, {
      after,
      limit: pageRows,
    });
    for (const row of rows) {
      const again = regradeOne({
        grade: row.grade,
        marks: row.marks,
        conditionsNotMet: row.conditions_not_met,
        isOverridden: row.override_reason !== null && row.override_reason !== '',
      });
      if (again.isPartial) partial += 1;
      const device = devices.get(row.device_id) ?? { ...noMoves(), name: row.device_name ?? '' };
      devices.set(row.device_id, device);
      const position = positions.get(row.position_code) ?? noMoves();
      positions.set(row.position_code, position);
      for (const moves of [all, device, position]) count(moves, row.grade, again.grade);
      const move = moves.get(`${row.grade}${again.grade}`) ?? { before: row.grade, after: again.grade, films: 0 };
      moves.set(`${row.grade}${again.grade}`, { ...move, films: move.films + 1 });
      if (again.grade !== row.grade && films.length < FILMS_SHOWN)
        films.push({ filmId: row.film_id, before: row.grade, after: again.grade });
    }
    after = rows.length === pageRows ? (rows.at(-1)?.film_id ?? null) : null;
  } while (after !== null);
  return {
    all,
    devices: [...devices].map(([deviceId, moves]) => ({ deviceId, ...moves })).sort(mostMoved),
    positions: [...positions].map(([positionCode, moves]) => ({ positionCode, ...moves })).sort(mostMoved),
    moves: [...moves.values()],
    partial,
    films,
  };
};

const noMoves = (): Moves => ({ readings: 0, before: {}, after: {}, better: 0, stricter: 0 });

const count = (moves: Moves, before: Grade, after: Grade): void => {
  moves.readings += 1;
  moves.before[before] = (moves.before[before] ?? 0) + 1;
  moves.after[after] = (moves.after[after] ?? 0) + 1;
  const step = grades.indexOf(after) - grades.indexOf(before);
  if (step < 0) moves.better += 1;
  if (step > 0) moves.stricter += 1;
};

const mostMoved = (one: Moves, other: Moves): number =>
  other.better + other.stricter - (one.better + one.stricter) || other.readings - one.readings;
