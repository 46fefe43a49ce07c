import type { FilmDetail, Reading } from '@jiapian/contract';
import type { ReviewStandard } from '@jiapian/rules';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { inLanguage } from './film-words.ts';

/** One reading as it was saved: who, when, what was marked and said. */
export function ReadingCard(props: {
  readonly reading: Reading;
  readonly standard: ReviewStandard;
  /** Of the film, for the names of its series. */
  readonly images: FilmDetail['images'];
}) {
  const { reading, standard, images } = props;
  const { t, i18n } = useTranslation('review');
  const time = useHospitalTime();
  const marked = reading.marks.map(({ code, step }) => {
    const item = standard.deductions.find((each) => each.code === code);
    return item ? `${inLanguage(item.name, i18n.language)} −${item.steps[step - 1] ?? '?'}` : code;
  });
  const seen = reading.marks.flatMap(({ code }) => {
    const item = standard.deductions.find((each) => each.code === code);
    const names = reading.seriesMarks
      .filter((mark) => mark.code === code)
      .map(
        ({ seriesInstanceUid }) =>
          images.find((image) => image.seriesInstanceUid === seriesInstanceUid)?.seriesDescription || t('rail.image'),
      );
    return item && names.length > 0 ? [`${inLanguage(item.name, i18n.language)}: ${names.join(' · ')}`] : [];
  });
  const reason = standard.rejectReasons.find((each) => each.code === reading.rejectReasonCode);
  return (
    <article className="reading-card">
      <header>
        {reading.act === 'withdrawal' ? (
          <StateTag tone="plain">{t('readings.withdrawn')}</StateTag>
        ) : (
          <GradeBadge grade={reading.grade} />
        )}
        {reading.score === null ? null : <span>{t('verdict.points', { count: reading.score })}</span>}
        <span className="hint">
          {reading.readerName} · {time.brief(reading.at)}
        </span>
        {reading.isLate ? <StateTag tone="attention">{t('film.late')}</StateTag> : null}
      </header>
      {marked.length > 0 ? <p>{marked.join(' · ')}</p> : null}
      {seen.map((line) => (
        <p key={line} className="secondary">
          {line}
        </p>
      ))}
      {reason ? <p>{t('readings.rejected', { reason: inLanguage(reason.name, i18n.language) })}</p> : null}
      {reading.overrideReason ? <p>{t('readings.override', { reason: reading.overrideReason })}</p> : null}
      {reading.note === '' ? null : <p className="secondary">{reading.note}</p>}
    </article>
  );
}
