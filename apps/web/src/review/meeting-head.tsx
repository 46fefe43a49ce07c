import { ClockCircleOutlined, TeamOutlined } from '@ant-design/icons';
import type { Meeting } from '@jiapian/contract';
import { Link } from '@tanstack/react-router';
import { Button, Popconfirm } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import { LocaleSwitch } from '../app/locale-switch.tsx';
import { StateTag } from '../ui/state-tag.tsx';

const MINUTE_MS = 60_000;

/** Who leads, how far the list is, who is there, and how much time is left. */
export function MeetingHead({
  meeting,
  isLive,
  onClose,
}: {
  readonly meeting: Meeting;
  readonly isLive: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('meeting');
  const time = useHospitalTime();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS / 4);
    return () => clearInterval(timer);
  }, []);
  const used = Math.max(0, Math.floor((now - Date.parse(meeting.openedAt)) / MINUTE_MS));
  const left = meeting.plannedMinutes - used;
  const present = meeting.attendees.filter(({ hasJoined }) => hasJoined).length;
  return (
    <header className="meeting-head">
      <Link to="/meetings" className="meeting-mark" aria-label={t('title')}>
        甲
      </Link>
      <h1>{meeting.title}</h1>
      <span className="meeting-fact">{time.full(meeting.openedAt)}</span>
      <span className="meeting-fact">{t('ledBy', { name: meeting.leaderName })}</span>
      <span className="spacer" />
      {isLive ? null : <StateTag tone="attention">{t('lost')}</StateTag>}
      <span>{t('place', { number: meeting.number, films: meeting.films })}</span>
      <progress value={meeting.number} max={meeting.films} aria-hidden />
      <span>
        <TeamOutlined /> {t('present', { count: present, all: meeting.attendees.length })}
      </span>
      <span className={left < 0 ? 'ink-reject' : 'ink-C'}>
        <ClockCircleOutlined /> {left < 0 ? t('overtime', { used, over: -left }) : t('time', { used, left })}
      </span>
      <Popconfirm title={t('closeSure')} okText={t('close')} cancelText={t('cancel')} onConfirm={onClose}>
        <Button>{t('close')}</Button>
      </Popconfirm>
      <LocaleSwitch />
    </header>
  );
}
