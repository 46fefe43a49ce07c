import type { Consultation, SignatureRequest } from '@jiapian/contract';
import { grades, type Grade } from '@jiapian/kernel';
import { checkReading, needsChairReason, type Mark, type ReviewStandard } from '@jiapian/rules';
import { useState } from 'react';

/** What the chair enters for one film. */
export interface Decision {
  readonly grade: Grade;
  readonly marks: readonly Mark[];
  readonly conditionsNotMet: readonly string[];
  readonly note: string;
  readonly reasonCode: string | null;
  readonly confirmation: string;
}

type Film = Consultation['list'][number];
type Opinion = Consultation['opinions'][number];

/** The decisions on all films; each begins with the opinion that most judges gave, or the chair's own. */
export const useSigning = (held: Consultation, standard: ReviewStandard) => {
  const [decisions, setDecisions] = useState<Readonly<Record<number, Decision>>>(() =>
    Object.fromEntries(held.list.map((film) => [film.number, beginWith(opinionsOn(held, film))])),
  );
  const [conclusion, setConclusion] = useState('');
  const refusals = held.list.map((film) => {
    const decision = decisions[film.number];
    return decision ? refusalOf(standard, opinionsOn(held, film), decision) : 'CONSULTATION_FILMS_INVALID';
  });
  const requestOf = (overrideReason: string): SignatureRequest => ({
    conclusion: conclusion.trim(),
    standardVersion: standard.version,
    films: held.list.flatMap(({ number }) => {
      const decision = decisions[number];
      return decision ? [{ number, overrideReason, ...contentOf(decision) }] : [];
    }),
  });
  return {
    ...{ decisions, conclusion, setConclusion, requestOf },
    change: (number: number, changed: Partial<Decision>): void =>
      setDecisions((now) => {
        const before = now[number];
        return before ? { ...now, [number]: { ...before, ...changed } } : now;
      }),
    /** Why it can't be signed yet, as a code of the error catalogue; null when it can. */
    refusal: refusals.find((code) => code !== null) ?? null,
  };
};
export type Signing = ReturnType<typeof useSigning>;

/** What a grade rests on: what the first judge who gave it had marked; nothing while nobody did. */
export const basisOf = (opinions: readonly Opinion[], grade: Grade): Pick<Decision, 'marks' | 'conditionsNotMet'> => {
  const given = opinions.find((opinion) => opinion.grade === grade);
  return { marks: given?.marks ?? [], conditionsNotMet: given?.conditionsNotMet ?? [] };
};

export const opinionsOn = (held: Consultation, { number }: Film): Opinion[] =>
  held.opinions.filter((opinion) => opinion.number === number);

const contentOf = (decision: Decision): Omit<SignatureRequest['films'][number], 'number' | 'overrideReason'> => ({
  grade: decision.grade,
  marks: decision.grade === 'A' ? [] : [...decision.marks],
  conditionsNotMet: decision.grade === 'A' ? [] : [...decision.conditionsNotMet],
  note: decision.note.trim(),
  reject:
    decision.grade === 'reject' && decision.reasonCode !== null
      ? { reasonCode: decision.reasonCode, affectsDiagnosis: 'repeat', confirmation: decision.confirmation.trim() }
      : null,
});

const beginWith = (opinions: readonly Opinion[]): Decision => {
  const counts = grades.map((grade) => opinions.filter((opinion) => opinion.grade === grade).length);
  const grade = grades[counts.indexOf(Math.max(...counts))] ?? 'A';
  return { grade, ...basisOf(opinions, grade), note: '', reasonCode: null, confirmation: '' };
};

const refusalOf = (standard: ReviewStandard, opinions: readonly Opinion[], decision: Decision): string | null => {
  const given = opinions.map(({ grade }) => grade);
  if (needsChairReason(decision.grade, given) && decision.note.trim() === '') return 'CONSULTATION_REASON_REQUIRED';
  const content = contentOf(decision);
  const checked = checkReading(standard, {
    ...{ grade: content.grade, marks: content.marks, conditionsNotMet: content.conditionsNotMet, overrideReason: '·' },
    rejectReason: decision.reasonCode,
    isRejectConfirmed: decision.confirmation.trim() !== '',
  });
  return checked.ok ? null : checked.reason.code;
};
