import { CloseOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import './filter-chip.css';

/** One filter of a list as it stands in the address. */
export function FilterChip({ label, value, onRemove }: { label: string; value: string; onRemove: () => void }) {
  const { t } = useTranslation('shell');
  return (
    <span className="filter-chip">
      <span className="secondary">{label}</span> <strong>{value}</strong>
      <button type="button" onClick={onRemove} aria-label={t('removeFilter', { label })}>
        <CloseOutlined />
      </button>
    </span>
  );
}
