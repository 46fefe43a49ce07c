import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state.tsx';

export function NotFoundPage() {
  const { t } = useTranslation('shell');
  return (
    <main style={{ padding: 64 }}>
      <EmptyState
        title={t('notFound.title')}
        text={t('notFound.text')}
        action={<Link to="/">{t('notFound.home')}</Link>}
      />
    </main>
  );
}
