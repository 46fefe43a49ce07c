import { theme as antdTheme, type ThemeConfig } from 'antd';

export type ThemeName = 'light' | 'dark';

const fontFamily = "'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";

/** The tokens of tokens.css again, for the components that compute shades from them. */
const colours = {
  light: {
    colorPrimary: '#0b5e70',
    colorInfo: '#0b5e70',
    colorLink: '#0b5e70',
    colorSuccess: '#1a7440',
    colorWarning: '#8a5600',
    colorError: '#b1241d',
    colorText: '#17212b',
    colorTextSecondary: '#465461',
    colorTextTertiary: '#5f6d7a',
    colorTextDescription: '#5f6d7a',
    colorTextPlaceholder: '#5f6d7a',
    colorBorder: '#83919d',
    colorBorderSecondary: '#e1e6eb',
    colorBgLayout: '#f3f5f7',
    colorBgContainer: '#ffffff',
    colorBgElevated: '#ffffff',
  },
  dark: {
    colorPrimary: '#5ac3d4',
    colorInfo: '#5ac3d4',
    colorLink: '#5ac3d4',
    colorSuccess: '#5fcb8c',
    colorWarning: '#e8b34a',
    colorError: '#ff8178',
    colorText: '#d3dbe3',
    colorTextSecondary: '#a0adb9',
    colorTextTertiary: '#8494a2',
    colorTextDescription: '#8494a2',
    colorTextPlaceholder: '#8494a2',
    colorTextLightSolid: '#06222a',
    colorBorder: '#67778a',
    colorBorderSecondary: '#28323b',
    colorBgLayout: '#0c1014',
    colorBgContainer: '#141a20',
    colorBgElevated: '#1c242c',
  },
} as const;

export const antdThemeOf = (name: ThemeName): ThemeConfig => ({
  cssVar: { key: `antd-${name}` },
  hashed: false,
  algorithm: name === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
  token: {
    ...colours[name],
    fontFamily,
    fontSize: 14,
    borderRadius: 6,
    borderRadiusSM: 4,
    borderRadiusLG: 10,
    fontWeightStrong: 600,
    motionDurationMid: '0.1s',
    motionDurationSlow: '0.15s',
  },
  components: {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 600 },
    Table: { cellPaddingBlock: 7, cellPaddingInline: 10, cellFontSize: 13, headerSplitColor: 'transparent' },
    Tag: { defaultColor: name === 'dark' ? '#d3dbe3' : '#17212b' },
  },
});
