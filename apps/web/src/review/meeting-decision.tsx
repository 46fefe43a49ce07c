import type { FilmDetail, Meeting } from '@jiapian/contract';
import { grades, type Grade } from '@jiapian/kernel';
import { deductionsFor } from '@jiapian/rules';
import { useMutation } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { GradeShape } from '../ui/grade-shape.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { useKeys } from '../ui/key-listener.ts';
import { inLanguage } from './film-words.ts';
import { decideInMeeting } from './meeting-queries.ts';
import { standardOf } from './score-sheet.ts';

const NOTE_LENGTH_MAX = 1000;

/** The grade the meeting comes to, what it rests on, and a line for the minutes. */
export function MeetingDecision(props: {
  readonly meeting: Meeting;
  readonly detail: FilmDetail;
  readonly onDecided: (meeting: Meeting) => void;
  readonly onFailed: (error: unknown) => void;
}) {
  const { t, i18n } = useTranslation(['meeting', 'shell']);
  const { meeting, detail } = props;
  const standard = standardOf(detail);
  const [chosen, setChosen] = useState<Grade | null>(null);
  const [codes, setCodes] = useState<readonly string[]>([]);
  const [rejectReasonCode, setRejectReasonCode] = useState<string | null>(null);
  const [note, setNote] = useState(meeting.note);
  const [isKept, setKept] = useState(meeting.isKeptForTeaching);
  const grade = chosen ?? meeting.majority;
  const decide = useMutation({
    mutationFn: (decided: Grade) =>
      decideInMeeting(meeting.meetingId, {
        ...{ number: meeting.number, grade: decided, note, rejectReasonCode, isKeptForTeaching: isKept },
        marks: codes.map((code) => ({ code, step: 1 })),
        standardVersion: standard.version,
      }),
    onSuccess: props.onDecided,
    onError: props.onFailed,
  });
  useKeys((name) => {
    const digit = grades[Number(name) - 1];
    if (/^[1-4]$/.test(name) && digit) setChosen(digit);
    else if (name === 'Enter' && grade !== null) decide.mutate(grade);
    else return false;
    return true;
  }, meeting.isOpen);
  return (
    <section className="meeting-decision">
      <h2>
        {t('decision')} {meeting.decidedGrade ? <GradeBadge grade={meeting.decidedGrade} /> : null}
        <small className="hint">{t(meeting.decideBy === 'majority' ? 'byMajority' : 'byLeader')}</small>
      </h2>
      <div className="meeting-grades" role="radiogroup" aria-label={t('decision')}>
        {grades.map((each, index) => (
          <button
            key={each}
            type="button"
            role="radio"
            aria-checked={each === grade}
            className={`grade-key ink-${each}`}
            onClick={() => setChosen(each)}
          >
            <KeyCap>{String(index + 1)}</KeyCap> <GradeShape grade={each} size={14} /> {t(`shell:grade.${each}`)}
          </button>
        ))}
      </div>
      {grade !== null && grade !== 'A' ? (
        <Select
          mode="multiple"
          aria-label={t('reasons')}
          placeholder={t('reasons')}
          value={[...codes]}
          onChange={setCodes}
          optionFilterProp="label"
          options={deductionsFor(standard, detail.film.modality).map(({ code, name }) => ({
            value: code,
            label: inLanguage(name, i18n.language),
          }))}
        />
      ) : null}
      {grade === 'reject' ? (
        <Select
          aria-label={t('rejectReason')}
          placeholder={t('rejectReason')}
          value={rejectReasonCode}
          onChange={setRejectReasonCode}
          options={standard.rejectReasons.map(({ code, name }) => ({
            value: code,
            label: inLanguage(name, i18n.language),
          }))}
        />
      ) : null}
      <Input
        aria-label={t('note')}
        placeholder={t('note')}
        maxLength={NOTE_LENGTH_MAX}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <Checkbox checked={isKept} onChange={(event) => setKept(event.target.checked)}>
        {t('keep')}
      </Checkbox>
      <Button
        type="primary"
        disabled={grade === null}
        loading={decide.isPending}
        onClick={() => grade && decide.mutate(grade)}
      >
        <KeyCap>Enter</KeyCap> {t('decide')}
      </Button>
    </section>
  );
}
