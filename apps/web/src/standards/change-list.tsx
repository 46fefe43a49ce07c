import type { StandardDraft } from '@jiapian/contract';
import { useTranslation } from 'react-i18next';

type Change = StandardDraft['changes'][number];

/** What differs, place by place: what was there and what is there now. */
export function ChangeList({ changes }: { readonly changes: readonly Change[] }) {
  const { t } = useTranslation('standards');
  const place = usePlaceWords();
  if (changes.length === 0) return <span className="secondary">{t('change.none')}</span>;
  return (
    <table className="change-table">
      <thead>
        <tr>
          <th>{t('change.place')}</th>
          <th>{t('change.before')}</th>
          <th>{t('change.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.at}>
            <td>{place(change.at)}</td>
            <td className="change-before">{textOf(change.before)}</td>
            <td className="change-after">{textOf(change.after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `deductions.D05.steps` in words; the code stays, it is what the score sheet shows. */
export const usePlaceWords = (): ((at: string) => string) => {
  const { t } = useTranslation('standards');
  return (at) => {
    const [area = '', code, ...field] = at.split('.');
    const words = [t(`place.${area}`, { defaultValue: area })];
    if (code !== undefined) words.push(area.endsWith('cale') ? t(`shell:grade.${code}`, { defaultValue: code }) : code);
    if (field.length > 0) words.push(t(`field.${field[0]}`, { defaultValue: field.join('.') }));
    return words.join(' · ');
  };
};

const textOf = (value: unknown): string => {
  if (value === undefined) return '—';
  if (Array.isArray(value)) return value.map(textOf).join(' / ');
  if (typeof value !== 'object' || value === null) return String(value);
  const cells = value as Record<string, unknown>;
  if ('zh' in cells) return `${String(cells['zh'])} · ${String(cells['en'])}`;
  return Object.entries(cells)
    .map(([name, cell]) => `${name}: ${textOf(cell)}`)
    .join(', ');
};
