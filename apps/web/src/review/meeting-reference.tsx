import { filmContextSchema, type FilmDetail } from '@jiapian/contract';
import { positionOf } from '@jiapian/rules';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { request } from '../api/client.ts';
import { inLanguage } from './film-words.ts';
import { MarkedPicture } from './marked-picture.tsx';

/** A good film of the same position beside the one on the screen, and what the position asks for. */
export function MeetingReference({ detail, onClose }: { detail: FilmDetail; onClose: () => void }) {
  const { t, i18n } = useTranslation(['meeting', 'review']);
  const { filmId, positionCode } = detail.film;
  const found = useQuery({
    queryKey: ['film-context', filmId],
    queryFn: ({ signal }) => request(filmContextSchema, 'GET', `/films/${filmId}/context`, { signal }),
    staleTime: Infinity,
  });
  const position = positionCode === null ? null : positionOf(positionCode);
  return (
    <section className="meeting-reference" aria-label={t('reference')}>
      <header>
        <h2>{t('reference')}</h2>
        <button type="button" onClick={onClose}>
          {t('hide')}
        </button>
      </header>
      {found.data?.reference ? (
        <MarkedPicture cover={found.data.reference} places={[]} label={t('reference')} />
      ) : found.isPending ? null : (
        <p>{t('review:context.noReference')}</p>
      )}
      {position ? (
        <dl>
          <dt>{t('review:reference.coverage')}</dt>
          <dd>{inLanguage(position.coverage, i18n.language)}</dd>
          <dt>{t('review:reference.positioning')}</dt>
          <dd>{inLanguage(position.positioning, i18n.language)}</dd>
          <dt>{t('review:reference.visible')}</dt>
          <dd>{inLanguage(position.visible, i18n.language)}</dd>
        </dl>
      ) : null}
    </section>
  );
}
