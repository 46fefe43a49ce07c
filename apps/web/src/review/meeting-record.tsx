import type { Meeting } from '@jiapian/contract';
import { positionOf } from '@jiapian/rules';
import { Input, type InputRef } from 'antd';
import { useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { inLanguage } from './film-words.ts';

const NOTE_LENGTH_MAX = 500;

/** The minutes as they grow, the newest first. */
export function MeetingRecord(props: {
  readonly meeting: Meeting;
  readonly input: RefObject<InputRef | null>;
  readonly onNote: (text: string) => void;
}) {
  const { t, i18n } = useTranslation(['meeting', 'shell']);
  const time = useHospitalTime();
  const [text, setText] = useState('');
  const { meeting } = props;
  const decided = meeting.list.flatMap((film) => {
    if (film.decidedAt === null) return [];
    const position = film.positionCode === null ? undefined : positionOf(film.positionCode);
    const title = position ? inLanguage(position.name, i18n.language) : film.description;
    return [{ at: film.decidedAt, grade: film.decidedGrade, title: `${film.number} · ${title}`, text: film.note }];
  });
  const noted = meeting.notes.map((note) => ({ at: note.at, grade: null, title: note.text, text: '' }));
  const lines = [...decided, ...noted].toSorted((one, other) => other.at.localeCompare(one.at));
  const save = (): void => {
    if (text.trim() === '') return;
    props.onNote(text.trim());
    setText('');
  };
  return (
    <section className="meeting-record" aria-label={t('minutes.title')}>
      <header>
        <h2>{t('minutes.title')}</h2>
        <span className="secondary">{t('minutes.self')}</span>
      </header>
      <Input
        ref={props.input}
        prefix={<KeyCap>N</KeyCap>}
        aria-label={t('noteLine')}
        placeholder={t('noteLine')}
        maxLength={NOTE_LENGTH_MAX}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={save}
      />
      <ol>
        {lines.map((line) => (
          <li key={`${line.at} ${line.title}`}>
            <time>{time.minute(line.at)}</time>
            {line.grade ? <GradeBadge grade={line.grade} /> : <span className="badge badge-none">{t('noted')}</span>}
            <span>
              {line.title}
              {line.text === '' ? null : <small>{line.text}</small>}
            </span>
          </li>
        ))}
        <li>
          <time>{time.minute(meeting.openedAt)}</time>
          <span className="badge badge-none">{t('begun')}</span>
          <span>{t('begunText', { films: meeting.films })}</span>
        </li>
      </ol>
    </section>
  );
}
