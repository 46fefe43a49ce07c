import {
  AlertOutlined,
  AuditOutlined,
  BookOutlined,
  BulbOutlined,
  CheckCircleOutlined,
  CloudUploadOutlined,
  CommentOutlined,
  DiffOutlined,
  DotChartOutlined,
  ExperimentOutlined,
  FileSearchOutlined,
  HomeOutlined,
  PercentageOutlined,
  PictureOutlined,
  ProfileOutlined,
  QuestionCircleOutlined,
  ReadOutlined,
  ScheduleOutlined,
  SendOutlined,
  SettingOutlined,
  SlidersOutlined,
  TeamOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { Permission } from '@jiapian/contract';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.ts';
import { useNavigationCounts, type CountName } from './navigation-counts.ts';

interface Entry {
  readonly to: NonNullable<LinkProps['to']>;
  readonly words: string;
  readonly icon: ComponentType;
  readonly permission: Permission | null;
  readonly count?: CountName;
}
interface Group {
  readonly words: string | null;
  readonly entries: readonly Entry[];
}

/** Groups and entries, in order; an entry without its permission is not drawn. */
const groups: readonly Group[] = [
  { words: null, entries: [{ to: '/', words: 'navigation.home', icon: HomeOutlined, permission: null }] },
  {
    words: 'navigation.groupReview',
    entries: [
      { to: '/review', words: 'navigation.review', icon: FileSearchOutlined, permission: 'review.read' },
      { to: '/review-tasks', words: 'navigation.tasks', icon: AuditOutlined, permission: 'review.grade' },
      {
        to: '/consultations',
        words: 'navigation.consultations',
        icon: CommentOutlined,
        permission: 'consultations.ask',
      },
      { to: '/meetings', words: 'navigation.meetings', icon: TeamOutlined, permission: 'review.arbitrate' },
      { to: '/teaching', words: 'navigation.teaching', icon: BookOutlined, permission: 'teaching.read' },
      { to: '/own-films', words: 'navigation.ownFilms', icon: PictureOutlined, permission: 'review.appeal' },
      { to: '/self-checks', words: 'navigation.selfChecks', icon: CheckCircleOutlined, permission: 'review.read' },
      { to: '/incidents', words: 'navigation.incidents', icon: AlertOutlined, permission: 'review.read' },
      { to: '/review-plan', words: 'navigation.plan', icon: PercentageOutlined, permission: 'review.plan' },
    ],
  },
  {
    words: 'navigation.groupAnalysis',
    entries: [
      { to: '/measurements', words: 'navigation.measurements', icon: DotChartOutlined, permission: 'analysis.read' },
      { to: '/exposure', words: 'navigation.exposure', icon: BulbOutlined, permission: 'analysis.read' },
      { to: '/dose', words: 'navigation.dose', icon: ExperimentOutlined, permission: 'analysis.read' },
    ],
  },
  {
    words: 'navigation.groupFlow',
    entries: [
      { to: '/release', words: 'navigation.release', icon: SendOutlined, permission: 'release.read', count: 'release' },
      { to: '/orders', words: 'navigation.orders', icon: ScheduleOutlined, permission: 'exams.read' },
      { to: '/exams', words: 'navigation.exams', icon: ProfileOutlined, permission: 'exams.read' },
      { to: '/corrections', words: 'navigation.corrections', icon: DiffOutlined, permission: 'exams.correct' },
      { to: '/upload', words: 'navigation.upload', icon: CloudUploadOutlined, permission: 'intake.upload' },
      {
        to: '/quarantine',
        words: 'navigation.quarantine',
        icon: WarningOutlined,
        permission: 'intake.quarantine',
        count: 'quarantine',
      },
    ],
  },
  {
    words: 'navigation.groupBasis',
    entries: [
      { to: '/standards', words: 'navigation.standards', icon: ReadOutlined, permission: 'standards.read' },
      { to: '/protocols', words: 'navigation.protocols', icon: SlidersOutlined, permission: 'protocols.read' },
    ],
  },
  {
    words: 'navigation.groupSettings',
    entries: [
      { to: '/settings', words: 'navigation.settings', icon: SettingOutlined, permission: 'organization.read' },
      { to: '/help', words: 'navigation.help', icon: QuestionCircleOutlined, permission: null },
    ],
  },
];

export function Navigation() {
  const { t } = useTranslation('shell');
  const may = useMay();
  const counts = useNavigationCounts();
  return (
    <nav className="navigation" aria-label={t('navigation.label')}>
      {groups.map((group, index) => {
        const entries = group.entries.filter((entry) => entry.permission === null || may(entry.permission));
        if (entries.length === 0) return null;
        return (
          <section key={group.words ?? 'home'} className={index === groups.length - 1 ? 'navigation-end' : undefined}>
            {group.words ? <h2>{t(group.words)}</h2> : null}
            <ul>
              {entries.map((entry) => (
                <li key={entry.words}>
                  <Link
                    to={entry.to}
                    title={t(entry.words)}
                    activeOptions={{ exact: entry.to === '/', includeSearch: false }}
                    activeProps={{ 'aria-current': 'page' }}
                  >
                    <entry.icon />
                    <span className="navigation-label">{t(entry.words)}</span>
                    <Count count={entry.count ? counts[entry.count] : 0} />
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}

function Count({ count }: { count: number }) {
  return count > 0 ? <span className="navigation-count navigation-count-bad">{count}</span> : null;
}
