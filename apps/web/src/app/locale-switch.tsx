import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { command } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import { changeLocale, type Locale } from './i18n.ts';

/** One press changes the language here at once and, when somebody is signed in, in their account. */
export function LocaleSwitch() {
  const { t, i18n } = useTranslation('shell');
  const session = useSession();
  const next: Locale = i18n.language === 'en' ? 'zh-CN' : 'en';
  const change = async (): Promise<void> => {
    await changeLocale(next);
    if (session) await command('PATCH', '/session/preferences', { body: { locale: next } });
  };
  return (
    <Button type="text" onClick={() => void change()} aria-label={t('changeLanguage')} lang={next}>
      {i18n.language === 'en' ? '中文' : 'EN'}
    </Button>
  );
}
