import type { TeachingCase } from '@jiapian/contract';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import type { Box } from '../ui/viewport/box.ts';
import { fetchFrameFrom } from '../ui/viewport/fetch-frame.ts';
import { createFrameCache } from '../ui/viewport/frame-cache.ts';
import type { DrawnPlace } from '../ui/viewport/place-layer.tsx';
import { createViewportCore } from '../ui/viewport/viewport-core.ts';
import { ViewportPane } from '../ui/viewport/viewport-pane.tsx';
import './case-picture.css';

type Image = TeachingCase['images'][number];

/** The de-identified pictures of a case: wheel scrolls the images, drag sets the window or draws a rectangle. */
export function CasePicture(props: {
  readonly detail: Pick<TeachingCase, 'caseId' | 'images'>;
  readonly title: string;
  readonly isDrawing?: boolean;
  readonly places?: (image: Image) => readonly DrawnPlace[];
  readonly onDrawn?: (box: Box, image: Image) => void;
  readonly onSeen?: (number: number) => void;
}) {
  const { t } = useTranslation('teaching');
  const { caseId, images } = props.detail;
  const [index, setIndex] = useState(0);
  const numbers = useMemo(() => new Map(images.map((one) => [one.sopInstanceUid, one.number])), [images]);
  const core = useMemo(() => {
    const cache = createFrameCache((address, signal) => {
      const number = numbers.get(address.sopInstanceUid) ?? 1;
      const path = `/teaching/cases/${caseId}/images/${number}/frames/${address.frame}`;
      return fetchFrameFrom(path, address.reduce, signal);
    });
    return createViewportCore(cache);
  }, [caseId, numbers]);
  useEffect(() => () => core.dispose(), [core]);
  const image = images[Math.min(index, images.length - 1)];
  const { onSeen } = props;
  useEffect(() => {
    if (!image) return;
    core.show({ ...image, seriesInstanceUid: caseId, frame: 0 });
    onSeen?.(image.number);
  }, [core, image, caseId, onSeen]);
  if (!image) return null;
  const step = (by: number): void => setIndex((now) => Math.min(images.length - 1, Math.max(0, now + by)));
  return (
    <div className="teaching-picture">
      <ViewportPane
        core={core}
        label={t('picture.label', { title: props.title })}
        tool={props.isDrawing ? 'mark' : 'window'}
        rulers={[]}
        onRulers={() => undefined}
        places={props.places?.(image) ?? []}
        isMarkShown
        onMark={(box) => props.onDrawn?.(box, image)}
        onScroll={(steps) => (images.length > 1 ? step(steps) : core.zoom(steps > 0 ? 1 / WHEEL_ZOOM : WHEEL_ZOOM))}
        problem={(problem) => <ProblemNotice problem={problem} onRetry={core.retry} />}
      />
      {images.length > 1 ? (
        <div className="teaching-picture-strip">
          {images.map((one, at) => (
            <button
              key={one.number}
              type="button"
              aria-label={t('picture.number', { number: one.number, of: images.length })}
              aria-current={at === index}
              onClick={() => setIndex(at)}
            >
              <img
                src={`/api/v1/teaching/cases/${caseId}/images/${one.number}/thumbnail`}
                alt=""
                width={48}
                height={48}
              />
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}

const WHEEL_ZOOM = 1.15;
