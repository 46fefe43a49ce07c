export type { AnnotationFacts } from './annotation-facts.ts';
export { checkAnnotation } from './check-annotation.ts';
export { checkMarker } from './check-marker.ts';
export { checkOrder, type OrderedExam } from './check-order.ts';
export { positionFactsFrom } from './check-side.ts';
export type { HeaderCheck } from './header-check.ts';
export { type FilmHeader, radiographFactsFrom } from './radiograph-facts.ts';
