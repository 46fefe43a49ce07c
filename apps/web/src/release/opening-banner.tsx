import { WarningOutlined } from '@ant-design/icons';
import type { ReleaseOverview } from '@jiapian/contract';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';

/** The gate opened by itself and says why: nothing is held until it closes again. */
export function OpeningBanner({ opening }: { opening: NonNullable<ReleaseOverview['opening']> }) {
  const { t } = useTranslation('release');
  const time = useHospitalTime();
  return (
    <div className="down-banner" role="alert">
      <WarningOutlined />
      <strong>{t(`opening.${opening.because}`, { defaultValue: opening.because })}</strong>
      <span className="secondary">{t('opening.since', { time: time.brief(opening.openedAt) })}</span>
    </div>
  );
}
