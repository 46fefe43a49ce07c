/** The languages of the documentation; the Chinese page has the plain file name. */
export const languages = ['zh-CN', 'en'] as const;
export type Language = (typeof languages)[number];
