import { FileSearchOutlined } from '@ant-design/icons';
import type { Permission } from '@jiapian/contract';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.ts';

interface Entry {
  readonly to: NonNullable<LinkProps['to']>;
  readonly words: string;
  readonly icon: ComponentType;
  readonly permission: Permission | null;
}

/** Groups and entries, in order; an entry without its permission is not drawn. */
const groups: readonly { readonly words: string; readonly entries: readonly Entry[] }[] = [
  {
    words: 'navigation.groupReview',
    entries: [{ to: '/review', words: 'navigation.review', icon: FileSearchOutlined, permission: 'review.read' }],
  },
];

export function Navigation() {
  const { t } = useTranslation('shell');
  const may = useMay();
  return (
    <nav className="navigation" aria-label={t('navigation.label')}>
      {groups.map((group) => {
        const entries = group.entries.filter((entry) => entry.permission === null || may(entry.permission));
        if (entries.length === 0) return null;
        return (
          <section key={group.words}>
            <h2>{t(group.words)}</h2>
            <ul>
              {entries.map((entry) => (
                <li key={entry.words}>
                  <Link to={entry.to} title={t(entry.words)} activeProps={{ 'aria-current': 'page' }}>
                    <entry.icon />
                    <span className="navigation-label">{t(entry.words)}</span>
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
