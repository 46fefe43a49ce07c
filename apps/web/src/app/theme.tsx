import { useMatches } from '@tanstack/react-router';
import { App, ConfigProvider } from 'antd';
import antdEn from 'antd/locale/en_US';
import antdZh from 'antd/locale/zh_CN';
import { createContext, useContext, useLayoutEffect, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { antdThemeOf, type ThemeName } from './antd-theme.ts';
import { rememberedTheme, rememberTheme, type PageKind } from './theme-choice.ts';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    kind?: PageKind;
  }
}

const ThemeContext = createContext<{ theme: ThemeName; toggle: () => void }>({ theme: 'light', toggle: () => {} });
export const useTheme = () => useContext(ThemeContext);

export function ThemeProvider({ children }: { children: ReactNode }) {
  const kind = useMatches({ select: (matches) => matches.findLast((match) => match.staticData.kind)?.staticData.kind });
  const pageKind = kind ?? 'desk';
  const [chosen, setChosen] = useState<Record<PageKind, ThemeName>>(() => ({
    desk: rememberedTheme('desk'),
    reading: rememberedTheme('reading'),
  }));
  const theme = chosen[pageKind];
  const { i18n } = useTranslation();

  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);

  const value = useMemo(
    () => ({
      theme,
      toggle: () => {
        const next: ThemeName = theme === 'dark' ? 'light' : 'dark';
        rememberTheme(pageKind, next);
        setChosen((before) => ({ ...before, [pageKind]: next }));
      },
    }),
    [theme, pageKind],
  );

  return (
    <ThemeContext.Provider value={value}>
      <ConfigProvider
        theme={antdThemeOf(theme)}
        locale={i18n.language === 'en' ? antdEn : antdZh}
        button={{ autoInsertSpace: false }}
      >
        <App>{children}</App>
      </ConfigProvider>
    </ThemeContext.Provider>
  );
}
