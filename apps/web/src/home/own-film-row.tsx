import { DownOutlined, UpOutlined } from '@ant-design/icons';
import type { OwnFilm } from '@jiapian/contract';
import type { ReviewStandard } from '@jiapian/rules';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import { useFilmTitle } from '../review/film-title.tsx';
import { inLanguage } from '../review/film-words.ts';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { OwnFilmDetail } from './own-film-detail.tsx';

/** One film in a line; open, with its picture, the marked places, the reasons and what can be done. */
export function OwnFilmRow(props: {
  readonly item: OwnFilm;
  readonly standard: ReviewStandard;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  const { t, i18n } = useTranslation('home');
  const time = useHospitalTime();
  const titleOf = useFilmTitle();
  const { item, standard, isOpen } = props;
  const { film, reading, appeal } = item;
  const reasons = (reading?.marks ?? []).map(({ code, step }) => {
    const found = standard.deductions.find((each) => each.code === code);
    return found ? `${inLanguage(found.name, i18n.language)} −${found.steps[step - 1] ?? '?'}` : code;
  });
  return (
    <li className={isOpen ? 'own-film own-film-open' : 'own-film'}>
      <button type="button" className="own-line" aria-expanded={isOpen} onClick={props.onToggle}>
        <span className="own-when">{time.brief(film.examAt)}</span>
        <strong>{titleOf(film)}</strong>
        {film.state === 'not-sampled' ? (
          <StateTag tone="plain">{t('own.notSampled')}</StateTag>
        ) : (
          <GradeBadge grade={film.grade} />
        )}
        <span className="own-reasons">
          {reasons.join(' · ')}
          {reading?.note ? ` 「${reading.note}」` : ''}
        </span>
        {item.isOfTrainee ? <StateTag tone="plain">{t('own.trainee')}</StateTag> : null}
        {film.isMissedReview ? (
          <StateTag tone="attention">{t(film.state === 'graded' ? 'own.late' : 'own.missed')}</StateTag>
        ) : null}
        {appeal ? (
          <StateTag tone={appeal.state === 'open' ? 'attention' : 'plain'}>
            {t(`own.appealState.${appeal.state}`)}
          </StateTag>
        ) : null}
        {isOpen ? <UpOutlined /> : <DownOutlined />}
      </button>
      {isOpen ? <OwnFilmDetail item={item} standard={standard} /> : null}
    </li>
  );
}
