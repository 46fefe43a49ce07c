import type { Consultation } from '@jiapian/contract';
import { grades } from '@jiapian/kernel';
import { deductionsFor, needsChairReason, type ReviewStandard } from '@jiapian/rules';
import { Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFilmTitle } from '../review/film-title.tsx';
import { inLanguage } from '../review/film-words.ts';
import { basisOf, opinionsOn, type Signing } from './use-signing.ts';

const NOTE_LENGTH_MAX = 1000;
const CONFIRMATION_LENGTH_MAX = 16;

/** The grade of one film, what it rests on, for a 废 its reason and the number typed again. */
export function DecisionFields(props: {
  readonly held: Consultation;
  readonly film: Consultation['list'][number];
  readonly standard: ReviewStandard;
  readonly signing: Signing;
}) {
  const { t, i18n } = useTranslation(['consultations', 'shell']);
  const titleOf = useFilmTitle();
  const { held, film, standard, signing } = props;
  const decision = signing.decisions[film.number];
  if (!decision) return null;
  const change = (changed: Parameters<Signing['change']>[1]): void => signing.change(film.number, changed);
  const given = opinionsOn(held, film).map(({ grade }) => grade);
  const title = titleOf({ ...film, modality: held.modality });
  return (
    <fieldset className="consultation-decision">
      <legend>{`${film.number} ${title}`}</legend>
      <Radio.Group
        aria-label={t('sign.grade', { film: title })}
        value={decision.grade}
        optionType="button"
        options={grades.map((grade) => ({
          value: grade,
          label: `${t(`shell:grade.${grade}`)} · ${given.filter((each) => each === grade).length}`,
        }))}
        onChange={(event) => {
          const grade = event.target.value as typeof decision.grade;
          change({ grade, ...basisOf(opinionsOn(held, film), grade) });
        }}
      />
      {decision.grade === 'A' ? null : (
        <Select
          mode="multiple"
          aria-label={t('sign.marks')}
          placeholder={t('sign.marks')}
          value={decision.marks.map(({ code, step }) => `${code} ${step}`)}
          optionFilterProp="label"
          options={deductionsFor(standard, held.modality).flatMap(({ code, name, steps }) =>
            steps.map((step, index) => ({
              value: `${code} ${index + 1}`,
              label: `${inLanguage(name, i18n.language)} −${step}`,
            })),
          )}
          onChange={(values: string[]) => change({ marks: marksOf(values) })}
        />
      )}
      {decision.grade === 'reject' ? (
        <div className="consultation-reject">
          <Select
            aria-label={t('sign.rejectReason')}
            placeholder={t('sign.rejectReason')}
            value={decision.reasonCode}
            options={standard.rejectReasons.map(({ code, name }) => ({
              value: code,
              label: inLanguage(name, i18n.language),
            }))}
            onChange={(reasonCode) => change({ reasonCode })}
          />
          <Input
            aria-label={t('sign.confirmation')}
            placeholder={t('sign.confirmation')}
            maxLength={CONFIRMATION_LENGTH_MAX}
            value={decision.confirmation}
            onChange={(event) => change({ confirmation: event.target.value })}
          />
        </div>
      ) : null}
      <Input
        aria-label={t('sign.note')}
        placeholder={t(needsChairReason(decision.grade, given) ? 'sign.noteNeeded' : 'sign.note')}
        status={needsChairReason(decision.grade, given) && decision.note.trim() === '' ? 'warning' : ''}
        maxLength={NOTE_LENGTH_MAX}
        value={decision.note}
        onChange={(event) => change({ note: event.target.value })}
      />
    </fieldset>
  );
}

/** One step of an item: the one chosen last stands. */
const marksOf = (values: readonly string[]): { code: string; step: number }[] => {
  const steps = new Map(
    values.map((value) => {
      const [code = '', step = '1'] = value.split(' ');
      return [code, Number(step)] as const;
    }),
  );
  return [...steps].map(([code, step]) => ({ code, step }));
};
