import { CheckCircleOutlined, RightOutlined, WarningOutlined } from '@ant-design/icons';
import type { FilmCounts, ReleaseOverview } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.ts';
import { conflictsQuery } from '../intake/intake-queries.ts';
import { devicesQuery, operatorNamesQuery } from '../organization/organization-queries.ts';

interface Matter {
  readonly key: string;
  readonly count: number;
  readonly isBad: boolean;
  readonly name?: string;
  readonly link: LinkProps;
}

/** What only a person can settle, the broken things first; each line opens its page. */
export function AttentionList(props: { overview: ReleaseOverview | undefined; counts: FilmCounts | undefined }) {
  const { t } = useTranslation('home');
  const may = useMay();
  const { overview, counts } = props;
  const isManaging = may('organization.manage');
  const devices = useQuery({ ...devicesQuery, enabled: isManaging });
  const names = useQuery({ ...operatorNamesQuery, enabled: isManaging });
  const conflicts = useQuery({ ...conflictsQuery, enabled: may('intake.quarantine') });
  const down = overview?.destinations.filter((destination) => destination.isEnabled && destination.isDown) ?? [];
  const matters: Matter[] = [
    ...down.map((destination) => ({
      key: 'pacsDown',
      count: destination.waiting,
      isBad: true,
      name: destination.name,
      link: { to: '/release' } as const,
    })),
    { key: 'refused', count: overview?.forwarded.refused ?? 0, isBad: true, link: { to: '/release' } },
    {
      key: 'noPacs',
      count: isManaging && overview?.destinations.length === 0 ? 1 : 0,
      isBad: false,
      link: { to: '/settings/destinations' },
    },
    {
      key: 'devices',
      count: devices.data?.filter((device) => !device.isNamed).length ?? 0,
      isBad: false,
      link: { to: '/settings/devices' },
    },
    {
      key: 'conflicts',
      count: conflicts.data?.items.filter((conflict) => conflict.seenAt === null).length ?? 0,
      isBad: true,
      link: { to: '/quarantine' },
    },
    {
      key: 'quarantine',
      count: may('intake.quarantine') ? (overview?.quarantine ?? 0) : 0,
      isBad: false,
      link: { to: '/quarantine' },
    },
    { key: 'missed', count: counts?.missed ?? 0, isBad: false, link: { to: '/review', search: { list: 'missed' } } },
    { key: 'repeats', count: overview?.openRepeats ?? 0, isBad: false, link: { to: '/release' } },
    {
      key: 'operators',
      count: names.data?.filter((name) => name.staffId === null).length ?? 0,
      isBad: false,
      link: { to: '/settings/operators' },
    },
  ];
  const open = matters.filter((matter) => matter.count > 0);
  if (may('release.read') && !overview) return <Skeleton active style={{ padding: 16 }} />;
  if (open.length === 0) {
    return (
      <div className="panel-empty">
        <CheckCircleOutlined style={{ color: 'var(--grade-a)' }} /> {t('attention.none')}
      </div>
    );
  }
  return (
    <ul className="row-list attention">
      {open.map((matter) => (
        <li key={`${matter.key} ${matter.name ?? ''}`}>
          <Link {...matter.link} className={matter.isBad ? 'row-line attention-bad' : 'row-line'}>
            <WarningOutlined />
            <span>{t(`attention.${matter.key}`, { count: matter.count, name: matter.name ?? '' })}</span>
            <span className="hint">{t(`attention.hint.${matter.key}`)}</span>
            <span className="spacer" />
            <RightOutlined />
          </Link>
        </li>
      ))}
    </ul>
  );
}
