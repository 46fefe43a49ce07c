import { hasSpacing, planeProblem } from '../picture/grey-plane.ts';
import { analyseAcrCt } from './acr-ct.ts';
import { analyseAcrMr } from './acr-mr.ts';
import { analyseCatphan504 } from './catphan504.ts';
import { analyseDoselabMc2 } from './doselab-mc2.ts';
import { analyseLasVegas } from './las-vegas.ts';
import { analyseLeedsTor } from './leeds-tor.ts';
import type { PhantomKind } from './phantom-kind.ts';
import { analyseMrFlood } from './mr-flood.ts';
import { analyseMrGhosting } from './mr-ghosting.ts';
import { analyseMrSliceWidth } from './mr-slice-width.ts';
import { analyseOpenField } from './open-field.ts';
import { analyseQc3 } from './qc3.ts';
import type { PhantomImage, PhantomRefusal, PhantomReport } from './phantom-report.ts';

interface Analysis {
  readonly kind: PhantomKind;
  /** Modalities that this phantom is taken with. */
  readonly modalities: readonly string[];
  readonly needsSpacing: boolean;
  readonly analyse: (images: readonly PhantomImage[]) => PhantomReport | undefined;
}

/** Modalities of flat pictures. */
const planar = ['RTIMAGE', 'DX', 'CR', 'RF', 'XA', 'OT'];

/** Every analysis, in the order in which `auto` asks them: the ones with the surest marks first. */
const analyses: readonly Analysis[] = [
  { kind: 'catphan504', modalities: ['CT'], needsSpacing: true, analyse: analyseCatphan504 },
  { kind: 'acr-mr', modalities: ['MR'], needsSpacing: true, analyse: analyseAcrMr },
  { kind: 'acr-ct', modalities: ['CT'], needsSpacing: true, analyse: analyseAcrCt },
  { kind: 'mr-slice-width', modalities: ['MR'], needsSpacing: true, analyse: analyseMrSliceWidth },
  { kind: 'mr-ghosting', modalities: ['MR'], needsSpacing: true, analyse: analyseMrGhosting },
  { kind: 'mr-flood', modalities: ['MR'], needsSpacing: true, analyse: analyseMrFlood },
  { kind: 'leeds-tor', modalities: planar, needsSpacing: false, analyse: analyseLeedsTor },
  { kind: 'qc-3', modalities: planar, needsSpacing: false, analyse: analyseQc3 },
  { kind: 'doselab-mc2', modalities: planar, needsSpacing: false, analyse: analyseDoselabMc2 },
  { kind: 'las-vegas', modalities: planar, needsSpacing: false, analyse: analyseLasVegas },
  { kind: 'open-field', modalities: planar, needsSpacing: false, analyse: analyseOpenField },
];

/** Least confidence with which a phantom counts as recognised when nobody named it [PD]. */
const RECOGNISED_FROM = 0.5;

/**
 * Analyses pictures of a phantom. With `auto` every kind that the modality allows is tried, and the one that fits best
 * is answered; pictures that look like none are refused as `not-recognised`, and so is a named kind that is not there.
 */
export const analysePhantom = (
  images: readonly PhantomImage[],
  kind: PhantomKind | 'auto',
): PhantomReport | PhantomRefusal => {
  if (images.length === 0) return { refused: 'no-images' };
  const sound = images.filter(({ plane }) => planeProblem(plane) === undefined);
  if (sound.length === 0) return { refused: 'unreadable-values' };
  const modality = sound[0]!.facts.modality;
  const named = analyses.filter((each) => kind === 'auto' || each.kind === kind);
  const possible = named.filter(({ modalities }) => modality === undefined || modalities.includes(modality));
  if (possible.length === 0) return { refused: kind === 'auto' ? 'not-recognised' : 'wrong-modality' };
  const spaced = sound.filter(({ plane }) => hasSpacing(plane));
  if (spaced.length === 0 && possible.every(({ needsSpacing }) => needsSpacing)) return { refused: 'no-pixel-spacing' };
  let best: PhantomReport | undefined;
  for (const { analyse, needsSpacing } of possible) {
    const usable = needsSpacing ? spaced : sound;
    const report = usable.length === 0 ? undefined : analyse(usable);
    if (report !== undefined && report.confidence > (best?.confidence ?? 0)) best = report;
  }
  if (best === undefined || (kind === 'auto' && best.confidence < RECOGNISED_FROM))
    return { refused: 'not-recognised' };
  return best;
};
