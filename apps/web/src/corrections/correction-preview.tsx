import type { CorrectionPreview } from '@jiapian/contract';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import { ChangeTable } from './change-table.tsx';

/** Exactly what will change here and at each archive; nothing is written by showing it. */
export function CorrectionPreviewPanel({ preview }: { readonly preview: CorrectionPreview }) {
  const { t } = useTranslation('corrections');
  const time = useHospitalTime();
  const told = preview.destinations.filter((one) => one.there > 0);
  return (
    <div className="correction-preview" role="status">
      <ChangeTable before={preview.before} after={preview.after} />
      <ul>
        <li>{t('preview.objects', { count: preview.objects, unaffected: preview.unaffected })}</li>
        <li>{t('preview.kept')}</li>
        {preview.gradedFilms > 0 ? <li>{t('preview.graded', { count: preview.gradedFilms })}</li> : null}
        {preview.isHeld ? <li>{t('preview.held')}</li> : null}
        {told.length === 0 ? <li>{t('preview.nowhere')}</li> : null}
        {told.map((one) => (
          <li key={one.destinationId}>
            {t(`preview.recipe.${one.recipe}`, { name: one.name, there: one.there, copies: one.copies })}{' '}
            {one.recipe === 'follow' || one.recipe === 'note'
              ? t(one.takesNotes ? `preview.title.${one.title}` : 'preview.noNotes')
              : ''}
            {one.isDown ? ` ${t('preview.down')}` : ''}
          </li>
        ))}
        {preview.needsSecondSignature ? <li>{t('preview.second')}</li> : null}
        {preview.openedBy.length > 0 ? (
          <li>
            {t('preview.opened', {
              names: preview.openedBy.map(({ name, at }) => `${name} ${time.brief(at)}`).join(t('preview.comma')),
            })}
          </li>
        ) : null}
      </ul>
    </div>
  );
}
