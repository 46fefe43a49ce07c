import {
  AimOutlined,
  BgColorsOutlined,
  ColumnWidthOutlined,
  DragOutlined,
  PauseOutlined,
  PlayCircleOutlined,
  RadiusUprightOutlined,
  RotateRightOutlined,
  SearchOutlined,
  SwapOutlined,
  ZoomInOutlined,
} from '@ant-design/icons';
import { useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyCap } from '../ui/key-cap.tsx';
import type { Tool } from '../ui/viewport/pointer-gesture.ts';
import { presetsOf } from '../ui/viewport/preset-list.ts';
import { capOf, keyCapsOf, type KeyAct } from './key-sets.ts';
import { LayoutMenu } from './layout-menu.tsx';
import { useKeySet } from './use-key-set.ts';
import type { Viewer } from './use-viewer.ts';

const tools: readonly {
  readonly tool: Tool;
  readonly icon: ReactNode;
  readonly act?: KeyAct;
  readonly isIcon?: true;
}[] = [
  { tool: 'pan', icon: <DragOutlined />, isIcon: true },
  { tool: 'zoom', icon: <ZoomInOutlined />, isIcon: true },
  { tool: 'window', icon: <BgColorsOutlined /> },
  { tool: 'magnifier', icon: <SearchOutlined />, isIcon: true },
  { tool: 'length', icon: <ColumnWidthOutlined />, isIcon: true },
  { tool: 'angle', icon: <RadiusUprightOutlined />, isIcon: true },
  { tool: 'mark', icon: <AimOutlined />, act: 'mark' },
];

export function ViewerToolbar(props: {
  readonly viewer: Viewer;
  readonly modality: string;
  readonly mayMark: boolean;
  readonly isReferenceShown: boolean;
  readonly onReference?: (() => void) | undefined;
}) {
  const { t } = useTranslation('review');
  const { viewer } = props;
  const [keySet] = useKeySet();
  const cap = (act: KeyAct): string => keyCapsOf(keySet, act)[0] ?? '';
  const state = useSyncExternalStore(viewer.core.subscribe, viewer.core.state);
  const presets = state.frame ? presetsOf(state.frame.head, props.modality) : [];
  return (
    <div className="tools" role="toolbar" aria-label={t('viewer.tools')}>
      {tools
        .filter(({ tool }) => tool !== 'mark' || props.mayMark)
        .map(({ tool, icon, act, isIcon }) => (
          <ToolButton
            key={tool}
            icon={icon}
            look={isIcon ? 'icon' : 'both'}
            words={t(`viewer.tool.${tool}`)}
            cap={act && cap(act)}
            isOn={viewer.tool === tool}
            onPress={() => viewer.setTool(tool)}
          />
        ))}
      <span className="tools-gap" />
      <ToolButton
        words={t('viewer.oneToOne')}
        cap={cap('one-to-one')}
        onPress={() => viewer.core.oneToOne()}
        look="words"
      />
      <ToolButton words={t('viewer.fit')} cap={cap('fit')} onPress={viewer.core.fit} look="words" />
      <ToolButton
        icon={<InvertIcon />}
        words={t('viewer.invert')}
        cap={cap('invert')}
        isOn={state.isInvertedByReader}
        onPress={viewer.core.invert}
      />
      <ToolButton icon={<RotateRightOutlined />} look="icon" words={t('viewer.turn')} onPress={viewer.core.turn} />
      <ToolButton icon={<SwapOutlined />} look="icon" words={t('viewer.flip')} onPress={viewer.core.flip} />
      <LayoutMenu viewer={viewer} cap={cap('layout-after')} />
      {viewer.isStack ? (
        <ToolButton
          icon={viewer.isCineOn ? <PauseOutlined /> : <PlayCircleOutlined />}
          look="icon"
          words={t('viewer.cine')}
          cap={cap('cine')}
          isOn={viewer.isCineOn}
          onPress={() => viewer.setCineOn(!viewer.isCineOn)}
        />
      ) : null}
      {props.onReference ? (
        <ToolButton
          words={t('viewer.reference')}
          cap={cap('reference')}
          isOn={props.isReferenceShown}
          onPress={props.onReference}
          look="words"
        />
      ) : null}
      <span className="spacer" />
      <span className="tools-presets">
        {presets.slice(0, PRESETS_SHOWN).map((preset, index) => (
          <ToolButton
            key={index}
            words={preset.words ? t(preset.words) : preset.label}
            cap={capOf(`${keySet.presetPrefix}${index + 1}`)}
            isOn={state.window?.center === preset.center && state.window.width === preset.width}
            onPress={() => viewer.core.setWindow(preset)}
            look="words"
          />
        ))}
      </span>
    </div>
  );
}

/** All answer to Shift and a digit; so many have a button. */
const PRESETS_SHOWN = 4;

function ToolButton(props: {
  readonly icon?: ReactNode;
  readonly words: string;
  readonly cap?: string | undefined;
  readonly isOn?: boolean;
  /** `both`: the words only where there is room for them. */
  readonly look?: 'icon' | 'words' | 'both';
  readonly onPress: () => void;
}) {
  return (
    <button
      type="button"
      className="tool"
      aria-pressed={props.isOn}
      title={props.words}
      onClick={(event) => {
        props.onPress();
        // The next Space or Enter belongs to the film, not to this button.
        event.currentTarget.blur();
      }}
    >
      {props.icon}
      <span className={`tool-words tool-words-${props.look ?? 'both'}`}>{props.words}</span>
      {props.cap ? <KeyCap>{props.cap}</KeyCap> : null}
    </button>
  );
}

/** Half light, half dark. */
function InvertIcon() {
  return (
    <svg className="anticon" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      <circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" strokeWidth="1.4" />
      <path d="M7 1a6 6 0 0 1 0 12z" fill="currentColor" />
    </svg>
  );
}
