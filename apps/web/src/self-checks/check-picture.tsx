import type { FilmDetail } from '@jiapian/contract';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../review/use-viewer.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { ViewportPane } from '../ui/viewport/viewport-pane.tsx';

const WHEEL_ZOOM = 1.15;

/** The film as large as the screen allows, without tools and without anything drawn on it. */
export function CheckPicture({ detail, label }: { detail: FilmDetail; label: string }) {
  const { t } = useTranslation('review');
  const viewer = useViewer(detail, true);
  const { core } = viewer;
  if (viewer.slots.length === 0) return <EmptyState title={t('viewer.noImage')} text={t('viewer.noImageText')} />;
  return (
    <div className="check-picture">
      <ViewportPane
        core={core}
        label={t('viewer.picture', { title: label })}
        tool="pan"
        rulers={[]}
        onRulers={() => undefined}
        places={[]}
        isMarkShown={false}
        onMark={() => undefined}
        onScroll={(steps) => {
          if (viewer.isStack) viewer.scroll(0, steps);
          else core.zoom(steps > 0 ? 1 / WHEEL_ZOOM : WHEEL_ZOOM);
        }}
        problem={(problem) => <ProblemNotice problem={problem} onRetry={core.retry} />}
      />
    </div>
  );
}
