/** Where the picture will lie before the page that holds it is laid out, in CSS pixels. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export const REFERENCE_KEY = 'jiapian.review.reference';

/** Sizes of workstation.css and viewer-panel.css; a browser test compares them with the page. */
const wide = { head: 58, foot: 60, rail: 190, sheet: 440 };
const narrow = { head: 44, foot: 52, rail: 64, sheet: 356 };
const NARROW_BELOW = 1440;
const TOOLBAR = 40;
const STRIP = 28;
const EDGE = 1;
const REFERENCE_SHARE = 0.17;
const [REFERENCE_MIN, REFERENCE_MAX] = [232, 320];

/** What rail, criteria and score sheet leave of the window; a wrong guess costs one more load. */
export const expectedViewport = (): Area => {
  const { innerWidth, innerHeight } = window;
  const isNarrow = innerWidth < NARROW_BELOW;
  const { head, foot, rail, sheet } = isNarrow ? narrow : wide;
  const grown = Math.min(REFERENCE_MAX, Math.max(REFERENCE_MIN, innerWidth * REFERENCE_SHARE));
  const isReferenceShown = localStorage.getItem(REFERENCE_KEY) !== 'off';
  const reference = !isReferenceShown ? 0 : isNarrow ? REFERENCE_MIN : grown;
  return {
    left: rail + EDGE,
    top: head + TOOLBAR + EDGE,
    width: Math.max(1, innerWidth - rail - sheet - reference - 2 * EDGE),
    height: Math.max(1, innerHeight - head - foot - TOOLBAR - STRIP - 2 * EDGE),
  };
};
