import type { Consultation } from '@jiapian/contract';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';

/** Digits of a digest that a person compares by eye. */
const shownDigits = 16;

/** Dated signatures, and who did what when. */
export function HistoryCard({ held }: { held: Consultation }) {
  const { t } = useTranslation('consultations');
  const time = useHospitalTime();
  return (
    <>
      {held.signatures.length > 0 ? (
        <Card title={t('signatures.title')} remark={t('signatures.remark')} isFlush>
          <ul className="row-list">
            {held.signatures.map(({ name, signs, at, digest }) => (
              <li key={`${name} ${signs}`} className="row-line consultation-signature">
                <strong>{name}</strong> {t(`signatures.${signs}`)}
                <span className="spacer" />
                <span className="hint">{time.full(at)}</span>
                <code className="hint">{digest.slice(0, shownDigits)}</code>
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      <Card title={t('history.title')} isFlush>
        <ul className="row-list">
          {held.history.map(({ event, name, at }, index) => (
            <li key={index} className="row-line">
              {t(`history.event.${event}`)} <span className="secondary">{name}</span>
              <span className="spacer" />
              <span className="hint">{time.brief(at)}</span>
            </li>
          ))}
        </ul>
      </Card>
    </>
  );
}
