import type { DryRun, HoldPolicyContent } from '@jiapian/contract';
import { simulateHold, type PastExam, type SimulatedHold } from '@jiapian/rules';
import { readHospitalSettings } from '../organization/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { examAtGateOf } from './exam-at-gate.ts';
import { findExamsOfDay, findReadingTimes, findYesterday, type ExamAtGateRow } from './exam-at-gate.repository.ts';
import { PRESENCE_MS } from './reviewer-roles.ts';

/** Largest day that is looked at; a department of 3,000 exams a day is very large. */
const EXAMS_MAX = 20_000;
const LONGEST_SHOWN = 20;
const MINUTE_MS = 60_000;

/** What would have been held on a day (yesterday unless another is named), and for how long, from the register. */
export const dryRunPolicy = async (
  unit: UnitOfWork,
  now: Date,
  content: HoldPolicyContent,
  day: string | undefined,
): Promise<DryRun> => {
  const asked = day ?? (await findYesterday(unit, now));
  const rows = (await findExamsOfDay(unit, asked, EXAMS_MAX)).filter((row) => row.ready_at !== null);
  const settings = await readHospitalSettings(unit);
  const exams = await pastExams(unit, rows);
  const holds = simulateHold(content, exams, settings.holdMinutes);
  const byId = new Map(rows.map((row) => [row.exam_id, row]));
  const deviceOf = (hold: SimulatedHold): string | null => byId.get(hold.examId)?.device_name ?? null;
  const held = holds.filter(isHeld);
  return {
    day: asked,
    exams: holds.length,
    held: { ...waitedOf(holds), unread: held.filter((hold) => hold.isUnread).length },
    passed: countBy(holds, (hold) => (isHeld(hold) ? null : hold.because)).map(([because, count]) => ({
      because,
      exams: count,
    })),
    byRule: groupBy(holds, (hold) => hold.rule).map(([rule, group]) => ({ rule, ...sharesOf(group) })),
    byDevice: groupBy(holds, deviceOf).map(([deviceName, group]) => ({ deviceName, ...sharesOf(group) })),
    longest: held
      .toSorted((one, other) => other.heldMs - one.heldMs)
      .slice(0, LONGEST_SHOWN)
      .map((hold) => ({
        examId: hold.examId,
        accessionNumber: byId.get(hold.examId)?.accession_number ?? '',
        deviceName: deviceOf(hold),
        rule: hold.rule,
        minutes: minutesOf(hold.heldMs),
        isUnread: hold.isUnread,
      })),
  };
};

type Held = Extract<SimulatedHold, { heldMs: number }>;
const isHeld = (hold: SimulatedHold): hold is Held => 'heldMs' in hold;
const minutesOf = (milliseconds: number): number => Math.round((milliseconds / MINUTE_MS) * 10) / 10;

/** The exams of the day with the reviewers who gave grades around the moment each became ready. */
const pastExams = async (unit: UnitOfWork, rows: readonly ExamAtGateRow[]): Promise<PastExam[]> => {
  const times = rows.map((row) => row.ready_at?.getTime() ?? 0);
  if (times.length === 0) return [];
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const readings = await findReadingTimes(unit, new Date(first - PRESENCE_MS), new Date(last + 1));
  const presentAt = (readyMs: number): number =>
    new Set(
      readings
        .filter(({ at }) => at.getTime() <= readyMs && at.getTime() > readyMs - PRESENCE_MS)
        .map(({ account_id }) => account_id),
    ).size;
  return rows.map((row, index) => {
    const readyMs = times[index] ?? 0;
    return {
      ...examAtGateOf(row, presentAt(readyMs)),
      examId: row.exam_id,
      readyMs,
      gradedMs: row.graded_at?.getTime() ?? null,
    };
  });
};

const groupBy = <Key>(
  holds: readonly SimulatedHold[],
  keyOf: (hold: SimulatedHold) => Key,
): [Key, SimulatedHold[]][] => [...Map.groupBy(holds, keyOf)];

const countBy = (holds: readonly SimulatedHold[], keyOf: (hold: SimulatedHold) => string | null): [string, number][] =>
  groupBy(holds, keyOf)
    .flatMap(([key, group]): [string, number][] => (key === null ? [] : [[key, group.length]]))
    .toSorted(([, one], [, other]) => other - one);

const sharesOf = (holds: readonly SimulatedHold[]) => {
  const waited = waitedOf(holds);
  return { held: waited.exams, passed: holds.length - waited.exams, ...waited };
};

const waitedOf = (holds: readonly SimulatedHold[]) => {
  const waits = holds
    .filter(isHeld)
    .map((hold) => hold.heldMs)
    .toSorted((one, other) => one - other);
  const middle = waits[Math.floor((waits.length - 1) / 2)];
  const longest = waits.at(-1);
  return {
    exams: waits.length,
    medianMinutes: middle === undefined ? null : minutesOf(middle),
    longestMinutes: longest === undefined ? null : minutesOf(longest),
  };
};
