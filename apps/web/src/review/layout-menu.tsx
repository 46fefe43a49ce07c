import { LayoutOutlined } from '@ant-design/icons';
import { hangingProtocols } from '@jiapian/rules';
import { Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { KeyCap } from '../ui/key-cap.tsx';
import { inLanguage } from './film-words.ts';
import type { Viewer } from './use-viewer.ts';

/** The layouts that fit this exam; the one taken is opened again with the next exam of the kind. */
export function LayoutMenu({ viewer, cap }: { viewer: Viewer; cap: string }) {
  const { t, i18n } = useTranslation('review');
  const { layout, layouts } = viewer;
  if (layouts.length < 2) return null;
  const protocolOf = (code: string) => hangingProtocols.find((protocol) => protocol.code === code);
  const nameOf = (code: string): string => {
    const protocol = protocolOf(code);
    return protocol ? inLanguage(protocol.name, i18n.language) : code;
  };
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectable: true,
        selectedKeys: [layout.code],
        onClick: ({ key }) => viewer.chooseLayout(key),
        items: layouts.map(({ code }) => ({
          key: code,
          label: (
            <span className="layout-choice">
              {nameOf(code)}
              <small className="hint">
                {protocolOf(code)?.source}
                {protocolOf(code)?.verified ? '' : ` · ${t('viewer.unverified')}`}
              </small>
            </span>
          ),
        })),
      }}
    >
      <button type="button" className="tool" title={`${t('viewer.layout')}: ${nameOf(layout.code)}`}>
        <LayoutOutlined />
        <span className="tool-words tool-words-icon">{t('viewer.layout')}</span>
        <KeyCap>{cap}</KeyCap>
      </button>
    </Dropdown>
  );
}
