import type { ThemeName } from './antd-theme.ts';

/** Reading pages are dark by default, desk pages light; each kind remembers its own choice. */
export type PageKind = 'desk' | 'reading';

const storageKey = (kind: PageKind): string => `jiapian.theme.${kind}`;

export const rememberedTheme = (kind: PageKind): ThemeName => {
  const stored = localStorage.getItem(storageKey(kind));
  if (stored === 'light' || stored === 'dark') return stored;
  return kind === 'reading' ? 'dark' : 'light';
};

export const rememberTheme = (kind: PageKind, theme: ThemeName): void => localStorage.setItem(storageKey(kind), theme);
