import type { FilmDetail } from '@jiapian/contract';
import { readingWindows } from '@jiapian/rules';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import type { DrawnPlace } from '../ui/viewport/place-layer.tsx';
import type { Box } from '../ui/viewport/box.ts';
import { ViewportPane } from '../ui/viewport/viewport-pane.tsx';
import type { ViewportImage } from '../ui/viewport/viewport-core.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { useFilmTitle } from './film-title.tsx';
import { inLanguage } from './film-words.ts';
import type { Viewer } from './use-viewer.ts';
import { ViewerStrip } from './viewer-strip.tsx';
import { ViewerToolbar } from './viewer-toolbar.tsx';

interface NamedPlace extends DrawnPlace {
  readonly sopInstanceUid: string;
  readonly frame: number;
}

/** Toolbar, the pictures of the layout, and the strip below; nothing ever lies on the image but the reader's own marks. */
export function ViewerPanel(props: {
  readonly viewer: Viewer;
  readonly title: string;
  readonly modality: string;
  readonly exposure?: FilmDetail['exposure'];
  readonly places: readonly NamedPlace[];
  readonly mayMark: boolean;
  readonly isReferenceShown: boolean;
  /** Fully blind: what is burnt into the corners stays covered. */
  readonly hasMaskedCorners?: boolean;
  readonly onReference?: () => void;
  readonly onMark: (slot: ViewportImage, box: Box) => void;
}) {
  const { t, i18n } = useTranslation('review');
  const titleOf = useFilmTitle();
  const { viewer } = props;
  const { layout } = viewer;
  const isSingle = layout.places.length === 1;
  if (viewer.slots.length === 0) {
    return (
      <div className="viewer">
        <div className="viewer-empty">
          <EmptyState title={t('viewer.noImage')} text={t('viewer.noImageText')} />
        </div>
      </div>
    );
  }
  return (
    <div className="viewer">
      <ViewerToolbar
        viewer={viewer}
        modality={props.modality}
        mayMark={props.mayMark}
        isReferenceShown={props.isReferenceShown}
        onReference={props.onReference}
      />
      <div
        className="viewer-panes"
        style={{
          gridTemplateColumns: `repeat(${layout.columns}, minmax(0, 1fr))`,
          gridTemplateRows: `repeat(${layout.rows}, minmax(0, 1fr))`,
        }}
      >
        {viewer.cores.map((core, pane) => {
          const slot = viewer.slotOf(pane);
          const window = layout.places[pane]?.window ?? null;
          if (!slot) {
            return (
              <div key={`${layout.code} ${pane}`} className="pane pane-blank">
                {t('viewer.blankPane')}
              </div>
            );
          }
          return (
            <div
              key={`${layout.code} ${pane}`}
              className={!isSingle && viewer.active === pane ? 'pane pane-active' : 'pane'}
              aria-current={!isSingle && viewer.active === pane}
            >
              {isSingle ? null : (
                <span className="pane-name">
                  {window === null
                    ? titleOf(viewer.pictureOf(slot))
                    : inLanguage(readingWindows[window].name, i18n.language)}
                </span>
              )}
              <ViewportPane
                core={core}
                label={t('viewer.picture', { title: props.title })}
                tool={viewer.tool === 'mark' && !props.mayMark ? 'window' : viewer.tool}
                rulers={viewer.rulersOf(slot)}
                onRulers={(rulers) => viewer.setRulers(slot, rulers)}
                places={props.places.filter(
                  (place) => place.sopInstanceUid === slot.sopInstanceUid && place.frame === slot.frame,
                )}
                hasMaskedCorners={props.hasMaskedCorners ?? false}
                isMarkShown={viewer.isMarkShown}
                onMark={(box) => {
                  if (props.mayMark && viewer.isOwn(slot)) props.onMark(slot, box);
                }}
                onScroll={(steps) => {
                  if (viewer.isStack) viewer.scroll(pane, steps);
                  else core.zoom(steps > 0 ? 1 / WHEEL_ZOOM : WHEEL_ZOOM);
                }}
                onActivate={() => viewer.setActive(pane)}
                problem={(problem) => <ProblemNotice problem={problem} onRetry={core.retry} />}
              />
            </div>
          );
        })}
      </div>
      <ViewerStrip viewer={viewer} exposure={props.modality === 'CT' ? props.exposure : undefined} />
    </div>
  );
}

const WHEEL_ZOOM = 1.15;
