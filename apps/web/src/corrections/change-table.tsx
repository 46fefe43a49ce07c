import { useTranslation } from 'react-i18next';
import { useChangeLines } from './change-words.ts';
import './corrections.css';

/** The device's word and what stands beside it. */
export function ChangeTable({ before, after }: { readonly before: unknown; readonly after: unknown }) {
  const { t } = useTranslation('corrections');
  const lines = useChangeLines()(before, after);
  if (lines.length === 0) return null;
  return (
    <table className="correction-change">
      <thead>
        <tr>
          <th scope="col">{t('column.field')}</th>
          <th scope="col">{t('column.before')}</th>
          <th scope="col">{t('column.after')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(([name, was, is]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="correction-was">{was}</td>
            <td>{is}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
