import { EyeInvisibleOutlined, LockOutlined } from '@ant-design/icons';
import type { FilmRow } from '@jiapian/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import type { Column } from '../ui/data-table.tsx';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { HoldClock } from '../ui/hold-clock.tsx';
import { StateTag, type Tone } from '../ui/state-tag.tsx';
import { useFilmTitle, usePatientLine } from './film-title.tsx';
import { standingOf, type FilmStanding } from './film-words.ts';
import { thumbnailAddress } from './thumbnail.ts';

const toneOf: Readonly<Record<FilmStanding, Tone>> = {
  waiting: 'plain',
  'in-review': 'active',
  missed: 'bad',
  graded: 'good',
  'not-sampled': 'plain',
};

export const useFilmColumns = (before: number): readonly Column<FilmRow>[] => {
  const { t } = useTranslation(['review', 'shell', 'corrections']);
  const time = useHospitalTime();
  const titleOf = useFilmTitle();
  const patientLine = usePatientLine();
  return [
    {
      key: 'number',
      title: <span className="visually-hidden">#</span>,
      width: 40,
      align: 'right',
      render: (_film, index) => <span className="hint">{before + index + 1}</span>,
    },
    {
      key: 'film',
      title: t('list.column.film'),
      render: (film) => (
        <span className="film-cell">
          <Cover film={film} />
          <strong title={film.description}>{titleOf(film)}</strong>
          {film.priority === 'emergency' ? <StateTag tone="attention">{t('film.emergency')}</StateTag> : null}
          {film.isCorrected ? <StateTag tone="attention">{t('corrections:mark.word')}</StateTag> : null}
          {film.isOwn ? <StateTag tone="plain">{t('film.own')}</StateTag> : null}
        </span>
      ),
    },
    { key: 'accession', width: 150, title: t('list.column.accession'), render: (film) => film.accessionNumber || '—' },
    { key: 'patient', width: 170, title: t('list.column.patient'), render: patientLine },
    {
      key: 'device',
      width: 110,
      title: t('list.column.device'),
      render: (film) => film.deviceName ?? t('shell:unknown'),
    },
    { key: 'room', title: t('list.column.room'), isWide: true, render: (film) => film.roomName ?? '—' },
    { key: 'examAt', title: t('list.column.examAt'), render: (film) => time.brief(film.examAt) },
    {
      key: 'technologist',
      title: t('list.column.technologist'),
      isWide: true,
      render: () => (
        <span className="secondary">
          <EyeInvisibleOutlined /> {t('shell:masked')}
        </span>
      ),
    },
    {
      key: 'state',
      title: t('list.column.state'),
      render: (film) => {
        const standing = standingOf(film);
        if (standing !== 'graded') return <StateTag tone={toneOf[standing]}>{t(`list.standing.${standing}`)}</StateTag>;
        return (
          <span className="film-cell">
            {film.isGradeMasked ? (
              <StateTag tone="plain" icon={<EyeInvisibleOutlined />}>
                {t('list.masked')}
              </StateTag>
            ) : (
              <GradeBadge grade={film.grade} />
            )}
            {film.isMissedReview ? <span className="hint">{t('film.late')}</span> : null}
          </span>
        );
      },
    },
    {
      key: 'lock',
      title: t('list.column.lock'),
      isWide: true,
      render: (film) =>
        film.lock ? (
          <span>
            <LockOutlined /> {film.lock.isMine ? t('list.mine') : film.lock.holderName}
          </span>
        ) : (
          '—'
        ),
    },
    { key: 'clock', width: 130, title: t('list.column.clock'), align: 'right', render: (film) => <Gate film={film} /> },
  ];
};

function Gate({ film }: { film: FilmRow }) {
  const { t } = useTranslation('review');
  const time = useHospitalTime();
  if (film.gateState === 'held' && film.holdUntil) return <HoldClock until={film.holdUntil} />;
  if (film.gateState === 'released') {
    const text = film.releasedAt ? t('film.releasedAt', { time: time.minute(film.releasedAt) }) : t('film.released');
    return <span className="secondary">{text}</span>;
  }
  if (film.gateState === 'returned') return <StateTag tone="bad">{t('film.returned')}</StateTag>;
  return <span className="hint">{t('film.notHeld')}</span>;
}

/** The picture when there is one, the modality in letters when there is not. */
function Cover({ film }: { film: FilmRow }) {
  const [isBroken, setBroken] = useState(false);
  if (!film.coverSopInstanceUid || isBroken) return <span className="film-cover">{film.modality}</span>;
  return (
    <img
      className="film-cover"
      src={thumbnailAddress(film.coverSopInstanceUid)}
      alt=""
      loading="lazy"
      onError={() => setBroken(true)}
    />
  );
}
