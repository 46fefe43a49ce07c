import type { FilmDetail, Meeting } from '@jiapian/contract';
import type { Grade } from '@jiapian/kernel';
import { checkReading, type Mark } from '@jiapian/rules';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decideInMeeting } from './meeting-queries.ts';
import { standardOf } from './score-sheet.ts';

/** The grade the meeting comes to and what it rests on; it begins with what the last reader marked. */
export const useMeetingDecision = (at: {
  readonly meeting: Meeting;
  readonly detail: FilmDetail;
  readonly onDecided: (meeting: Meeting) => void;
  readonly onFailed: (error: unknown) => void;
  readonly onRefused: (code: string) => void;
}) => {
  const { t } = useTranslation(['meeting', 'shell']);
  const { meeting, detail } = at;
  const standard = standardOf(detail);
  const [chosen, setChosen] = useState<Grade | null>(null);
  const latest = detail.readings.find(({ act }) => act === 'grade');
  const [marks, setMarks] = useState<readonly Mark[]>(latest?.standardVersion === standard.version ? latest.marks : []);
  const [reasonCode, setReasonCode] = useState<string | null>(null);
  const [confirmation, setConfirmation] = useState('');
  const [note, setNote] = useState(meeting.note);
  const [isKept, setKept] = useState(meeting.isKeptForTeaching);
  const grade = chosen ?? meeting.majority;
  const votes = meeting.tally?.find((each) => each.grade === grade)?.votes ?? 0;
  const cast = meeting.tally?.reduce((sum, each) => sum + each.votes, 0) ?? 0;
  const overrideReason = grade
    ? t('override', { title: meeting.title, grade: t(`shell:grade.${grade}`), votes, cast })
    : '';
  const shownMarks = grade === 'A' ? [] : marks;
  const decide = useMutation({
    mutationFn: (decided: Grade) =>
      decideInMeeting(meeting.meetingId, {
        ...{ number: meeting.number, grade: decided, note, overrideReason, isKeptForTeaching: isKept },
        marks: shownMarks,
        reject:
          decided === 'reject' && reasonCode !== null ? { reasonCode, affectsDiagnosis: 'repeat', confirmation } : null,
        standardVersion: standard.version,
      }),
    onSuccess: at.onDecided,
    onError: at.onFailed,
  });
  const submit = (): void => {
    if (grade === null || decide.isPending) return;
    const checked = checkReading(standard, {
      ...{ grade, marks: shownMarks, overrideReason, rejectReason: reasonCode },
      isRejectConfirmed: confirmation.trim() !== '',
    });
    if (checked.ok) decide.mutate(grade);
    else at.onRefused(checked.reason.code);
  };
  return {
    ...{ standard, grade, setChosen, marks, setMarks, reasonCode, setReasonCode, confirmation, setConfirmation },
    ...{ note, setNote, isKept, setKept, submit, isSaving: decide.isPending },
    isDecided: meeting.decidedGrade !== null,
  };
};
export type MeetingDecisionActs = ReturnType<typeof useMeetingDecision>;
