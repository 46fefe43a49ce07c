import type { RadiographFacts } from '../metrics/radiograph-frame.ts';
import { derivePosition } from '../positions/derive-position.ts';
import { positionOf } from '../positions/position-library.ts';
import type { AnnotationFacts } from './annotation-facts.ts';
import { positionFactsFrom } from './check-side.ts';

/** What the measurements of a radiograph read of a header: the names are those of the header facts. */
export interface FilmHeader extends AnnotationFacts {
  readonly collimatorLeftEdge?: number | undefined;
  readonly collimatorRightEdge?: number | undefined;
  readonly collimatorUpperEdge?: number | undefined;
  readonly collimatorLowerEdge?: number | undefined;
}

/** Part, view, scale and collimated field of a film, as far as its header tells them. */
export const radiographFactsFrom = (facts: FilmHeader): RadiographFacts => {
  const { positionCode } = derivePosition(positionFactsFrom(facts));
  const position = positionCode === null ? null : positionOf(positionCode);
  const { pixelSpacing } = facts;
  return {
    part: position?.part,
    view: position?.view,
    isForProcessing: facts.presentationIntentType === 'FOR PROCESSING',
    ...(pixelSpacing === undefined
      ? {}
      : { pixelSpacingMm: { row: pixelSpacing.rowMm, column: pixelSpacing.columnMm } }),
    ...collimatorOf(facts),
  };
};

const collimatorOf = (facts: FilmHeader): Pick<RadiographFacts, 'collimator'> => {
  const { collimatorLeftEdge: left, collimatorRightEdge: right } = facts;
  const { collimatorUpperEdge: top, collimatorLowerEdge: bottom } = facts;
  if (left === undefined || right === undefined || top === undefined || bottom === undefined) return {};
  return left < right && top < bottom ? { collimator: { left, right, top, bottom } } : {};
};
