import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import type { DrawnPlace } from '../ui/viewport/place-layer.tsx';
import type { Box } from '../ui/viewport/box.ts';
import { ViewportPane } from '../ui/viewport/viewport-pane.tsx';
import type { ViewportImage } from '../ui/viewport/viewport-core.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import type { Pane, Viewer } from './use-viewer.ts';
import { ViewerStrip } from './viewer-strip.tsx';
import { ViewerToolbar } from './viewer-toolbar.tsx';

interface NamedPlace extends DrawnPlace {
  readonly sopInstanceUid: string;
  readonly frame: number;
}

/** Toolbar, one or two pictures, and the strip below; nothing ever lies on the image but the reader's own marks. */
export function ViewerPanel(props: {
  readonly viewer: Viewer;
  readonly title: string;
  readonly modality: string;
  readonly places: readonly NamedPlace[];
  readonly mayMark: boolean;
  readonly isReferenceShown: boolean;
  /** Fully blind: what is burnt into the corners stays covered. */
  readonly hasMaskedCorners?: boolean;
  readonly onReference?: () => void;
  readonly onMark: (slot: ViewportImage, box: Box) => void;
}) {
  const { t } = useTranslation('review');
  const { viewer } = props;
  const panes: readonly Pane[] = viewer.isDouble ? [0, 1] : [0];
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
      <div className={viewer.isDouble ? 'viewer-panes viewer-panes-double' : 'viewer-panes'}>
        {panes.map((pane) => {
          const slot = viewer.slotOf(pane);
          return (
            <div key={pane} className={viewer.isDouble && viewer.active === pane ? 'pane pane-active' : 'pane'}>
              <ViewportPane
                core={viewer.cores[pane]}
                label={t('viewer.picture', { title: props.title })}
                tool={viewer.tool === 'mark' && !props.mayMark ? 'window' : viewer.tool}
                rulers={viewer.rulersOf(slot)}
                onRulers={(rulers) => viewer.setRulers(slot, rulers)}
                places={props.places.filter(
                  (place) => place.sopInstanceUid === slot?.sopInstanceUid && place.frame === slot.frame,
                )}
                hasMaskedCorners={props.hasMaskedCorners ?? false}
                isMarkShown={viewer.isMarkShown}
                onMark={(box) => {
                  if (slot && props.mayMark) props.onMark(slot, box);
                }}
                onScroll={(steps) => {
                  if (viewer.isStack) viewer.scroll(pane, steps);
                  else viewer.cores[pane].zoom(steps > 0 ? 1 / WHEEL_ZOOM : WHEEL_ZOOM);
                }}
                onActivate={() => viewer.setActive(pane)}
                problem={(problem) => <ProblemNotice problem={problem} onRetry={viewer.cores[pane].retry} />}
              />
            </div>
          );
        })}
      </div>
      <ViewerStrip viewer={viewer} />
    </div>
  );
}

const WHEEL_ZOOM = 1.15;
