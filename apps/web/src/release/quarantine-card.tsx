import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { quarantineQuery } from '../intake/intake-queries.ts';
import { Card } from '../ui/card.tsx';
import { StateTag } from '../ui/state-tag.tsx';

const ROWS_SHOWN = 5;

/** What was received and kept but not registered, and why. */
export function QuarantineCard({ count }: { count: number }) {
  const { t } = useTranslation(['release', 'intake']);
  const time = useHospitalTime();
  const may = useMay();
  const isAllowed = may('intake.quarantine');
  const objects = useQuery({ ...quarantineQuery({}), enabled: isAllowed && count > 0 });
  return (
    <Card
      title={t('quarantine.title')}
      remark={t('quarantine.remark')}
      actions={count > 0 ? <StateTag tone="bad">{count}</StateTag> : null}
      isFlush
    >
      {count === 0 ? <div className="panel-empty">{t('quarantine.empty')}</div> : null}
      <ul className="row-list">
        {objects.data?.items.slice(0, ROWS_SHOWN).map((object) => (
          <li key={object.objectId} className="row-line">
            <span>{object.callingAeTitle || object.fileName || t(`intake:door.${object.door}`)}</span>
            <span className="secondary">
              {t(`intake:reason.${object.reasonCode}`, { defaultValue: object.reasonCode })}
            </span>
            <span className="spacer" />
            <span className="hint">{time.brief(object.receivedAt)}</span>
          </li>
        ))}
      </ul>
      {count > 0 && isAllowed ? (
        <div className="panel-empty">
          <Link to="/quarantine">{t('quarantine.all', { count })}</Link>
        </div>
      ) : null}
    </Card>
  );
}
