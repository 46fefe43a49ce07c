import type { FilmDetail, Meeting } from '@jiapian/contract';
import { deductionsFor } from '@jiapian/rules';
import { Checkbox, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { inLanguage } from './film-words.ts';
import type { MeetingDecisionActs } from './use-meeting-decision.ts';

const NOTE_LENGTH_MAX = 1000;
const CONFIRMATION_LENGTH_MAX = 16;

/** What the grade rests on: the items, for a 废 its reason and the number typed again, a line for the minutes. */
export function MeetingDecision(props: {
  readonly meeting: Meeting;
  readonly detail: FilmDetail;
  readonly acts: MeetingDecisionActs;
}) {
  const { t, i18n } = useTranslation(['meeting', 'shell']);
  const { meeting, detail, acts } = props;
  const items = deductionsFor(acts.standard, detail.film.modality);
  const options = items.flatMap(({ code, name, steps }) =>
    steps.map((step, index) => ({
      value: `${code} ${index + 1}`,
      label: `${inLanguage(name, i18n.language)} −${step}`,
    })),
  );
  return (
    <section className="meeting-decision" aria-label={t('decision')}>
      <header>
        <h2>{t('decision')}</h2>
        {acts.grade ? <GradeBadge grade={acts.grade} /> : null}
        <span className="secondary">
          {meeting.decideBy === 'majority' ? t('byMajorityOf', { count: meeting.minimumVotes }) : t('byLeader')}
        </span>
      </header>
      {acts.grade !== null && acts.grade !== 'A' ? (
        <Select
          mode="multiple"
          aria-label={t('reasons')}
          placeholder={t('reasons')}
          value={acts.marks.map(({ code, step }) => `${code} ${step}`)}
          onChange={(values: string[]) => acts.setMarks(marksOf(values))}
          optionFilterProp="label"
          options={options}
        />
      ) : null}
      {acts.grade === 'reject' ? (
        <div className="meeting-reject">
          <Select
            aria-label={t('rejectReason')}
            placeholder={t('rejectReason')}
            value={acts.reasonCode}
            onChange={acts.setReasonCode}
            options={acts.standard.rejectReasons.map(({ code, name }) => ({
              value: code,
              label: inLanguage(name, i18n.language),
            }))}
          />
          <Input
            aria-label={t('confirmation')}
            placeholder={t('confirmation')}
            maxLength={CONFIRMATION_LENGTH_MAX}
            value={acts.confirmation}
            onChange={(event) => acts.setConfirmation(event.target.value)}
          />
        </div>
      ) : null}
      <div className="meeting-note">
        <Input
          aria-label={t('note')}
          placeholder={t('note')}
          maxLength={NOTE_LENGTH_MAX}
          value={acts.note}
          onChange={(event) => acts.setNote(event.target.value)}
          onPressEnter={acts.submit}
        />
        <Checkbox checked={acts.isKept} onChange={(event) => acts.setKept(event.target.checked)}>
          {t('keep')} <KeyCap>T</KeyCap>
        </Checkbox>
      </div>
    </section>
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
