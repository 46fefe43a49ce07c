import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Navigation } from './navigation.tsx';
import './shell.css';
import { TopBar } from './top-bar.tsx';

export function Shell() {
  const { t } = useTranslation('shell');
  return (
    <div className="shell">
      <a className="skip-link" href="#content">
        {t('skipToContent')}
      </a>
      <TopBar />
      <Navigation />
      <main id="content" className="shell-content" tabIndex={0}>
        <Outlet />
      </main>
    </div>
  );
}
