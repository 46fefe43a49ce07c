import type { FilmDetail, Reading } from '@jiapian/contract';
import { useRef, useSyncExternalStore, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { toImage, toScreen } from '../ui/viewport/view-geometry.ts';
import { ViewportPane } from '../ui/viewport/viewport-pane.tsx';
import type { PointedPlace } from './use-meeting-stream.ts';
import type { Viewer } from './use-viewer.ts';

/** Pointing ten times a second looks like a hand; more only fills the line. */
const POINT_MS = 100;
const WHEEL_ZOOM = 1.15;
const POINTER_RADIUS = 42;

/** The film as large as the hall allows, its facts in the corners of the screen, and the leader's pointer on it. */
export function MeetingPicture(props: {
  readonly detail: FilmDetail;
  readonly viewer: Viewer;
  readonly title: string;
  readonly places: Reading['places'];
  readonly pointed: PointedPlace;
  readonly pointerName: string;
  readonly isPointing: boolean;
  readonly onPoint: (place: PointedPlace) => void;
}) {
  const { t } = useTranslation(['meeting', 'review']);
  const { viewer, detail, pointed } = props;
  const { core } = viewer;
  const state = useSyncExternalStore(core.subscribe, core.state);
  const last = useRef(0);
  const slot = viewer.slotOf(0);
  if (viewer.slots.length === 0) {
    return <EmptyState title={t('review:viewer.noImage')} text={t('review:viewer.noImageText')} />;
  }
  const point = (event: PointerEvent<HTMLDivElement>): void => {
    if (!props.isPointing || !state.view || event.timeStamp - last.current < POINT_MS) return;
    last.current = event.timeStamp;
    const box = event.currentTarget.getBoundingClientRect();
    const at = {
      x: (event.clientX - box.left) * window.devicePixelRatio,
      y: (event.clientY - box.top) * window.devicePixelRatio,
    };
    props.onPoint(toImage(state.view, state.screen, at));
  };
  const on = pointed && state.view ? toScreen(state.view, state.screen, pointed) : null;
  return (
    <div className={props.isPointing ? 'meeting-picture meeting-pointing' : 'meeting-picture'} onPointerMove={point}>
      <ViewportPane
        core={core}
        label={t('review:viewer.picture', { title: props.title })}
        tool={viewer.tool === 'mark' ? 'window' : viewer.tool}
        rulers={[]}
        onRulers={() => undefined}
        places={props.places
          .filter((place) => place.sopInstanceUid === slot?.sopInstanceUid && place.frame === slot.frame)
          .map((place, index) => ({ ...place, id: String(index), number: index + 1, label: '' }))}
        isMarkShown={viewer.isMarkShown}
        onMark={() => undefined}
        onScroll={(steps) => {
          if (viewer.isStack) viewer.scroll(0, steps);
          else core.zoom(steps > 0 ? 1 / WHEEL_ZOOM : WHEEL_ZOOM);
        }}
        problem={(problem) => <ProblemNotice problem={problem} onRetry={core.retry} />}
      />
      {on ? (
        <svg className="meeting-pointer" viewBox={`0 0 ${state.screen.width} ${state.screen.height}`} aria-hidden>
          <circle cx={on.x} cy={on.y} r={POINTER_RADIUS} />
          <circle cx={on.x} cy={on.y} r={5} className="meeting-pointer-dot" />
          <text x={on.x + POINTER_RADIUS + 8} y={on.y - POINTER_RADIUS / 2}>
            {props.pointerName}
          </text>
        </svg>
      ) : null}
      <div className="meeting-corner meeting-corner-left">
        <strong>{props.title}</strong>
        <span>{detail.film.deviceName ?? ''}</span>
      </div>
      <div className="meeting-corner meeting-corner-right">
        {exposureOf(detail).map((line) => (
          <span key={line}>{line}</span>
        ))}
      </div>
      <div className="meeting-corner meeting-corner-low">
        <span>{t('masked')}</span>
        {state.window ? <span>{t('window', { width: Math.round(state.window.width) })}</span> : null}
        {state.view ? <span>{Math.round(state.view.zoom * 100)}%</span> : null}
      </div>
    </div>
  );
}

const exposures = [
  { name: 'tubeVoltageKv', digits: 0, write: (value: string) => `${value} kV` },
  { name: 'exposureMas', digits: 1, write: (value: string) => `${value} mAs` },
  { name: 'deviationIndex', digits: 1, write: (value: string) => `DI ${value}` },
  { name: 'distanceSourceToDetectorMm', digits: 0, write: (value: string) => `SID ${value} mm` },
  { name: 'ctdiVolMgy', digits: 1, write: (value: string) => `CTDIvol ${value} mGy` },
  { name: 'magneticFieldStrengthT', digits: 1, write: (value: string) => `${value} T` },
] as const;

const exposureOf = ({ exposure }: FilmDetail): readonly string[] =>
  exposures.flatMap(({ name, digits, write }) => {
    const value = exposure[name];
    return typeof value === 'number' ? [write(value.toFixed(digits).replace('-', '−'))] : [];
  });
