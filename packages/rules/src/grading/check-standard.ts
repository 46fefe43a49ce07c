import { grades, type Grade } from '@jiapian/kernel';
import type { LocalText } from '../local-text.ts';
import type { ModalityClass } from '../modality.ts';
import type { ReviewStandard } from './standard.ts';

/** Why a standard cannot be published; the words stand with the editor. */
export type StandardFaultReason =
  | 'translation-missing'
  | 'code-twice'
  | 'key-twice'
  | 'condition-unknown'
  | 'points-over-start'
  | 'points-falling'
  | 'steps-missing'
  | 'scale-not-falling'
  | 'grade-twice'
  | 'bound-over-start'
  | 'condition-bounds-not-rising'
  | 'cap-beyond-steps'
  | 'veto-not-reject'
  | 'scales-differ'
  | 'nothing-to-judge'
  | 'reason-unknown';

/** One fault of a standard: why, and where. */
export interface StandardFault {
  readonly reason: StandardFaultReason;
  /** Where it stands, as a path of the standard: `deductions.D02.steps`. */
  readonly at: string;
}

/** CID 7011 and the codes of the default list: a rejection note can carry no other. */
export const standardFaults = (standard: ReviewStandard, knownReasons: readonly string[]): StandardFault[] => [
  ...blankTexts(standard),
  ...scaleFaults(standard),
  ...conditionFaults(standard),
  ...deductionFaults(standard),
  ...keyFaults(standard),
  ...standard.rejectReasons
    .filter(({ code }) => !knownReasons.includes(code))
    .map(({ code }): StandardFault => ({ reason: 'reason-unknown', at: `rejectReasons.${code}` })),
];

const isBlank = (text: LocalText): boolean => text.zh.trim() === '' || text.en.trim() === '';

/** Both languages or none: a sheet that is blank for half of its readers judges nothing. */
const blankTexts = (standard: ReviewStandard): StandardFault[] => {
  const texts: [string, LocalText][] = [
    ['name', standard.name],
    ...standard.conditions.flatMap(({ code, name, items }): [string, LocalText][] => [
      [`conditions.${code}.name`, name],
      ...items.map((item, index): [string, LocalText] => [`conditions.${code}.items.${index}`, item]),
    ]),
    ...standard.deductions.flatMap(({ code, name, stepNames }): [string, LocalText][] => [
      [`deductions.${code}.name`, name],
      ...(stepNames ?? []).map((each, index): [string, LocalText] => [`deductions.${code}.stepNames.${index}`, each]),
    ]),
    ...standard.rejectReasons.map(({ code, name }): [string, LocalText] => [`rejectReasons.${code}.name`, name]),
    ...Object.entries(standard.gradeNames ?? {}).map(([grade, name]): [string, LocalText] => [
      `gradeNames.${grade}`,
      name,
    ]),
  ];
  return texts.filter(([, text]) => isBlank(text)).map(([at]) => ({ reason: 'translation-missing', at }));
};

const scaleFaults = ({ scale, conditionScale, startScore }: ReviewStandard): StandardFault[] => {
  const faults: StandardFault[] = [];
  const isStricter = (one: Grade, other: Grade) => grades.indexOf(one) > grades.indexOf(other);
  scale.forEach(({ grade, atLeast }, index) => {
    const before = scale[index - 1];
    const at = `scale.${grade}`;
    if (atLeast > startScore || atLeast < 0) faults.push({ reason: 'bound-over-start', at });
    if (before && before.grade === grade) faults.push({ reason: 'grade-twice', at });
    else if (before && (before.atLeast <= atLeast || !isStricter(grade, before.grade)))
      faults.push({ reason: 'scale-not-falling', at });
  });
  conditionScale.forEach(({ grade, atMostNotMet }, index) => {
    const before = conditionScale[index - 1];
    if (before && (before.atMostNotMet >= atMostNotMet || !isStricter(grade, before.grade)))
      faults.push({ reason: 'condition-bounds-not-rising', at: `conditionScale.${grade}` });
  });
  const gradesOf = (bounds: readonly { grade: Grade }[]) => bounds.map(({ grade }) => grade).join();
  if (gradesOf(scale) !== gradesOf(conditionScale)) faults.push({ reason: 'scales-differ', at: 'conditionScale' });
  return faults;
};

const twice = (codes: readonly string[]): string[] => [
  ...new Set(codes.filter((code, index) => codes.indexOf(code) !== index)),
];

const conditionFaults = ({ conditions }: ReviewStandard): StandardFault[] => [
  ...twice(conditions.map(({ code }) => code)).map((code): StandardFault => ({
    reason: 'code-twice',
    at: `conditions.${code}`,
  })),
  ...(conditions.length === 0 ? [{ reason: 'nothing-to-judge', at: 'conditions' } as const] : []),
];

const deductionFaults = ({ deductions, conditions, startScore }: ReviewStandard): StandardFault[] => {
  const faults: StandardFault[] = twice(deductions.map(({ code }) => code)).map((code) => ({
    reason: 'code-twice',
    at: `deductions.${code}`,
  }));
  if (deductions.length === 0) faults.push({ reason: 'nothing-to-judge', at: 'deductions' });
  for (const { code, steps, condition, capAtStep, cap, veto } of deductions) {
    const at = `deductions.${code}`;
    if (steps.length === 0) faults.push({ reason: 'steps-missing', at: `${at}.steps` });
    if (steps.some((points) => points > startScore)) faults.push({ reason: 'points-over-start', at: `${at}.steps` });
    if (steps.some((points, index) => points < (steps[index - 1] ?? 0)))
      faults.push({ reason: 'points-falling', at: `${at}.steps` });
    if (!conditions.some((each) => each.code === condition))
      faults.push({ reason: 'condition-unknown', at: `${at}.condition` });
    if (capAtStep !== undefined && capAtStep.step > steps.length)
      faults.push({ reason: 'cap-beyond-steps', at: `${at}.capAtStep` });
    if (veto === true && cap !== 'reject') faults.push({ reason: 'veto-not-reject', at: `${at}.cap` });
  }
  return faults;
};

/** One sheet shows the items of one modality class; two of them under one key could not be told apart. */
const keyFaults = ({ deductions }: ReviewStandard): StandardFault[] =>
  (['projection', 'cross-sectional'] as const satisfies readonly ModalityClass[]).flatMap((modalityClass) => {
    const items = deductions.filter((item) => item.appliesTo.includes(modalityClass));
    return twice(items.map(({ key }) => key)).map((key): StandardFault => ({
      reason: 'key-twice',
      at: `deductions.${items.filter((item) => item.key === key).at(-1)?.code ?? key}.key`,
    }));
  });
