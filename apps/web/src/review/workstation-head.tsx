import { BulbOutlined, EyeInvisibleOutlined, LeftOutlined, LockOutlined } from '@ant-design/icons';
import type { FilmDetail } from '@jiapian/contract';
import type { ReviewStandard } from '@jiapian/rules';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import { LocaleSwitch } from '../app/locale-switch.tsx';
import { useTheme } from '../app/theme.tsx';
import { FilmCorrection } from '../corrections/film-correction.tsx';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { HoldClock } from '../ui/hold-clock.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import type { FilmSearch } from './film-search.ts';
import { useFilmTitle, usePatientLine } from './film-title.tsx';
import { inLanguage } from './film-words.ts';
import { PositionSwitch } from './position-switch.tsx';
import type { LockStanding } from './use-film-lock.ts';

export function WorkstationHead(props: {
  readonly detail: FilmDetail;
  readonly standard: ReviewStandard;
  readonly standing: LockStanding;
  readonly search: FilmSearch;
}) {
  const { t, i18n } = useTranslation('review');
  const { film } = props.detail;
  const titleOf = useFilmTitle();
  const patientLine = usePatientLine();
  const time = useHospitalTime();
  const theme = useTheme();
  return (
    <header className="work-head">
      <Link to="/" aria-label={t('head.home')} className="work-mark">
        <img src="/mark.svg" alt="" width={26} height={26} />
      </Link>
      <Link to="/review" search={props.search} className="work-back">
        <LeftOutlined /> {t('head.back')}
      </Link>
      <h1 title={film.description}>{titleOf(film)}</h1>
      <PositionSwitch film={film} />
      <span className="work-fact">{[film.deviceName, film.roomName].filter((part) => part).join(' · ')}</span>
      <span className="work-fact">
        {t('head.accession')} <strong>{film.accessionNumber || '—'}</strong>
      </span>
      <span className="work-fact wide-only">{patientLine(film)}</span>
      <span className="work-fact wide-only">{time.brief(film.examAt)}</span>
      {film.priority === 'emergency' ? <StateTag tone="attention">{t('film.emergency')}</StateTag> : null}
      <FilmCorrection film={film} />
      {film.isMissedReview ? (
        <StateTag tone="bad">{t(film.state === 'graded' ? 'film.late' : 'film.missed')}</StateTag>
      ) : null}
      {film.state === 'graded' ? (
        <GradeBadge grade={film.grade} />
      ) : (
        <span className="badge tone-plain">
          <EyeInvisibleOutlined /> {t('head.masked')}
          <span className="wide-only"> · {t('head.maskedMore')}</span>
        </span>
      )}
      <span className="spacer" />
      <GateFact film={film} />
      {props.standing.kind === 'held' ? (
        <span className="work-fact">
          <LockOutlined /> {t('head.lockedByMe')}
        </span>
      ) : null}
      <span className="work-fact wide-only">
        {t('head.standard', { name: inLanguage(props.standard.name, i18n.language), version: props.standard.version })}
      </span>
      <Button
        type="text"
        icon={<BulbOutlined />}
        aria-label={t(theme.theme === 'dark' ? 'shell:themeLight' : 'shell:themeDark', { ns: 'shell' })}
        onClick={theme.toggle}
      />
      <LocaleSwitch />
    </header>
  );
}

function GateFact({ film }: { film: FilmDetail['film'] }) {
  const { t } = useTranslation('review');
  const time = useHospitalTime();
  if (film.gateState === 'held' && film.holdUntil) {
    return (
      <span className="work-clock">
        {t('head.autoRelease')} <HoldClock until={film.holdUntil} />
      </span>
    );
  }
  if (film.gateState === 'released' && film.releasedAt) {
    return <span className="work-fact">{t('film.releasedAt', { time: time.minute(film.releasedAt) })}</span>;
  }
  if (film.gateState === 'returned') return <StateTag tone="bad">{t('film.returned')}</StateTag>;
  return null;
}
