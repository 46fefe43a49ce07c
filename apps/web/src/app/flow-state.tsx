import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.ts';
import { overviewQuery } from '../release/release-queries.ts';

/** Whether the gate runs and every PACS answers, in one word on every page; it leads to the monitor. */
export function FlowState() {
  const { t } = useTranslation('shell');
  const may = useMay();
  const isAllowed = may('release.read');
  const overview = useQuery({ ...overviewQuery, enabled: isAllowed });
  if (!isAllowed) return null;
  const enabled = overview.data?.destinations.filter((destination) => destination.isEnabled) ?? [];
  const down = enabled.filter((destination) => destination.isDown);
  const state = !overview.data ? 'unknown' : down.length > 0 ? 'down' : enabled.length === 0 ? 'none' : 'good';
  return (
    <Link to="/release" className={`flow-state flow-state-${state}`}>
      {overview.isError || state === 'unknown' ? (
        t('flow.unknown')
      ) : (
        <>
          <span className="flow-state-gate">{t('flow.running')} ·</span>
          {state === 'down' ? t('flow.down', { name: down.map(({ name }) => name).join(', ') }) : t(`flow.${state}`)}
        </>
      )}
    </Link>
  );
}
