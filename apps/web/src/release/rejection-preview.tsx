import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import { rejectionPreviewQuery } from './release-queries.ts';

/** Exactly what a reject would hide at each archive, and who has looked at the exam; nothing is written by showing it. */
export function RejectionPreviewList({ filmId }: { filmId: string }) {
  const { t } = useTranslation('release');
  const time = useHospitalTime();
  const preview = useQuery(rejectionPreviewQuery(filmId));
  if (!preview.data) return <p className="hint">{t(preview.isError ? 'preview.unknown' : 'preview.loading')}</p>;
  const { destinations, openedBy, rejected, unaffected } = preview.data;
  const told = destinations.filter((destination) => destination.hidden > 0);
  return (
    <ul className="hint">
      {told.length === 0 ? <li>{t('preview.nowhere', { count: rejected })}</li> : null}
      {told.map((destination) => (
        <li key={destination.destinationId}>
          {t(`preview.${destination.recipe}`, { name: destination.name, count: destination.hidden })}
          {destination.isDown ? ` ${t('preview.down')}` : ''}
        </li>
      ))}
      <li>{t('preview.unaffected', { count: unaffected })}</li>
      {openedBy.length > 0 ? (
        <li>
          {t('preview.opened', {
            names: openedBy.map(({ name, at }) => `${name} ${time.brief(at)}`).join(t('preview.comma')),
          })}
        </li>
      ) : null}
    </ul>
  );
}
