export type CommandLocale = 'zh-CN' | 'en';

/** The language of a terminal, by the usual variables. */
export const localeOf = (environment: Readonly<Record<string, string | undefined>>): CommandLocale =>
  /^zh/i.test(environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '') ? 'zh-CN' : 'en';
