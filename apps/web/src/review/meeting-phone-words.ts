export type PhoneGrade = 'A' | 'B' | 'C' | 'reject';
export interface PhoneWords {
  readonly title: string;
  readonly who: string;
  readonly code: string;
  readonly enter: string;
  readonly taken: string;
  readonly film: string;
  readonly reason: string;
  readonly offline: string;
  readonly other: string;
  readonly decided: string;
  readonly state: Readonly<Record<'look' | 'voting' | 'voted' | 'own' | 'revealed' | 'over', string>>;
  readonly grade: Readonly<Record<PhoneGrade, string>>;
  readonly problem: Readonly<Record<string, string>>;
}

/** One language's file, fetched by itself: a phone on a ward network loads nothing it does not show. */
const files = {
  'zh-CN': new URL('../locales/zh-CN/meeting-phone.json', import.meta.url).href,
  en: new URL('../locales/en/meeting-phone.json', import.meta.url).href,
};
export type PhoneLocale = keyof typeof files;

const LOCALE_KEY = 'jiapian.locale';

export const phoneLocale = (): PhoneLocale => {
  const chosen = localStorage.getItem(LOCALE_KEY) ?? navigator.language;
  return chosen.startsWith('en') ? 'en' : 'zh-CN';
};

export const loadPhoneWords = async (locale: PhoneLocale): Promise<PhoneWords> => {
  localStorage.setItem(LOCALE_KEY, locale);
  document.documentElement.lang = locale;
  const answer = await fetch(files[locale]);
  return (await answer.json()) as PhoneWords;
};

/** The text with its one number or name put in. */
export const filled = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(values[name] ?? ''));
