import type { FilmDetail } from '@jiapian/contract';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Viewer } from './use-viewer.ts';

/** Facts of the picture, below it and never on it. */
export function ViewerStrip(props: {
  readonly viewer: Viewer;
  /** Shown where dose stands beside the picture. */
  readonly exposure: FilmDetail['exposure'] | undefined;
}) {
  const { viewer, exposure } = props;
  const { t, i18n } = useTranslation('review');
  const state = useSyncExternalStore(viewer.core.subscribe, viewer.core.state);
  const head = state.frame?.head;
  const place = viewer.places[viewer.active] ?? 0;
  const span = viewer.spans.find((each) => place >= each.first && place < each.first + each.count);
  const reduce = head ? Math.round(head.fullColumns / head.columns) : 1;
  const source = head?.pixelSpacingSource;
  const sourceKey = `viewer.spacingSource.${source}`;
  return (
    <div className="strip">
      {span && span.count > 1 ? (
        <span>
          {t('viewer.stack')} <strong>{place - span.first + 1}</strong> / {span.count}
        </span>
      ) : null}
      {state.window && head?.kind === 'grayscale' ? (
        <span>
          {t('viewer.width')} <strong>{Math.round(state.window.width)}</strong> {t('viewer.center')}{' '}
          <strong>{Math.round(state.window.center)}</strong>
        </span>
      ) : null}
      {state.view ? (
        <span>
          {t('viewer.zoom')} <strong>{Math.round(state.view.zoom * 100)}%</strong>
          {reduce > 1 ? <span className="hint wide-only"> {t('viewer.reduced', { reduce })}</span> : null}
        </span>
      ) : null}
      {exposure ? (
        <>
          <Dose name={t('exposure.ctdiVolMgy')} value={exposure['ctdiVolMgy']} unit="mGy" />
          <Dose name={t('exposure.dlpMgyCm')} value={exposure['dlpMgyCm']} unit="mGy·cm" />
        </>
      ) : null}
      {head ? (
        <>
          <span className="wide-only">
            {head.fullColumns} × {head.fullRows}
          </span>
          <span>
            {head.pixelSpacingMm
              ? `${head.pixelSpacingMm[1].toFixed(3)} mm${source ? ` · ${i18n.exists(sourceKey, { ns: 'review' }) ? t(sourceKey) : source}` : ''}`
              : t('viewer.noSpacing')}
          </span>
          {head.isInverted ? <span className="hint">MONOCHROME1</span> : null}
        </>
      ) : (
        <span className="hint">{state.problem ? '' : t('viewer.loading')}</span>
      )}
    </div>
  );
}

/** A dose of the exam; what no report and no header says is 未测, never 0. */
function Dose(props: {
  readonly name: string;
  readonly value: FilmDetail['exposure'][string] | undefined;
  readonly unit: string;
}) {
  const { t } = useTranslation('shell');
  return (
    <span>
      {props.name}{' '}
      {typeof props.value === 'number' ? (
        <>
          <strong>{props.value.toFixed(1)}</strong> {props.unit}
        </>
      ) : (
        t('notMeasured')
      )}
    </span>
  );
}
