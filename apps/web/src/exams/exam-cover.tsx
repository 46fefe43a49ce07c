import type { ExamDetail } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.ts';
import { reduceFor, type Frame } from '../ui/viewport/frame.ts';
import { frameCache } from '../ui/viewport/frame-cache.ts';
import { createPainter } from '../ui/viewport/painter.ts';
import { fitView, fitZoom } from '../ui/viewport/view-geometry.ts';
import { firstWindow } from '../ui/viewport/window-presets.ts';

/** Pixels of the canvas: the card at twice its size, for dense screens. */
const screen = { width: 640, height: 560 };
const SMALLEST = 8;

/** One image of the exam, large enough to know it again; never for judging. */
export function ExamCover({ series }: { series: ExamDetail['series'] }) {
  const { t } = useTranslation('exams');
  const may = useMay();
  const images = series.flatMap((each) => each.instances).filter((instance) => instance.isImage);
  // The middle of a stack shows the organ; its ends are air.
  const image = images[Math.floor(images.length / 2)];
  const isAllowed = may('archive.read');
  const frame = useQuery({
    queryKey: ['exam-cover', image?.sopInstanceUid],
    queryFn: ({ signal }) => loadCover(image?.sopInstanceUid ?? '', signal),
    enabled: image !== undefined && isAllowed,
    staleTime: Infinity,
    gcTime: 0,
  });
  const words = !image ? 'exam.noImage' : frame.isError ? 'exam.coverBroken' : null;
  return (
    <div className="exam-cover">
      {words ? <span>{t(words)}</span> : frame.data ? <CoverCanvas frame={frame.data} label={t('exam.cover')} /> : null}
    </div>
  );
}

function CoverCanvas({ frame, label }: { frame: Frame; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const painter = createPainter();
    painter.attach(canvas.current);
    const size = { width: frame.head.fullColumns, height: frame.head.fullRows };
    painter.paint({
      frame,
      screen,
      view: fitView(size, screen),
      window: firstWindow(frame.head),
      isInvertedByReader: false,
    });
  }, [frame]);
  return <canvas ref={canvas} role="img" aria-label={label} width={screen.width} height={screen.height} />;
}

/** The reduced frame tells how large the full one is; then the one that fits the card is loaded. */
const loadCover = async (sopInstanceUid: string, signal: AbortSignal): Promise<Frame> => {
  const small = await frameCache.load({ sopInstanceUid, frame: 0, reduce: SMALLEST }, signal);
  const size = { width: small.head.fullColumns, height: small.head.fullRows };
  const reduce = reduceFor(fitZoom(size, screen, 0));
  return reduce === SMALLEST ? small : frameCache.load({ sopInstanceUid, frame: 0, reduce }, signal);
};
