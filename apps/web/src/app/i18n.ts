import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export const locales = ['zh-CN', 'en'] as const;
export type Locale = (typeof locales)[number];
const storageKey = 'jiapian.locale';

const files = import.meta.glob<Record<string, unknown>>('../locales/*/*.json', { eager: true, import: 'default' });
const resources: Record<string, Record<string, Record<string, unknown>>> = {};
for (const [path, words] of Object.entries(files)) {
  const [locale, file] = path.split('/').slice(-2);
  if (locale === undefined || file === undefined) continue;
  (resources[locale] ??= {})[file.replace('.json', '')] = words;
}

/** The words of one file as the product ships them, whatever a hospital shows instead. */
export const productWords = (locale: string, file: string): Record<string, unknown> => resources[locale]?.[file] ?? {};

export const isLocale = (value: unknown): value is Locale => locales.some((locale) => locale === value);

const firstLocale = (): Locale => {
  const stored = localStorage.getItem(storageKey);
  return isLocale(stored) ? stored : 'zh-CN';
};

/** dayjs and the document follow: both are global and know nothing of the translations. */
const follow = (locale: string): void => {
  dayjs.locale(locale === 'en' ? 'en' : 'zh-cn');
  document.documentElement.lang = locale;
  document.title = i18next.t('shell:product');
};

export const startI18n = async (): Promise<void> => {
  i18next.on('languageChanged', follow);
  await i18next.use(initReactI18next).init({
    resources: structuredClone(resources),
    lng: firstLocale(),
    fallbackLng: 'zh-CN',
    defaultNS: 'shell',
    ns: Object.keys(resources['zh-CN'] ?? {}),
    interpolation: { escapeValue: false },
    // A hospital's own words for its grades arrive after the first page is drawn.
    react: { bindI18nStore: 'added' },
  });
  follow(i18next.language);
};

export const changeLocale = async (locale: Locale): Promise<void> => {
  localStorage.setItem(storageKey, locale);
  await i18next.changeLanguage(locale);
};
