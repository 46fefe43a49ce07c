import type { FrameHead } from '@jiapian/contract';
import { windowOver, type GreyWindow } from './window-table.ts';

/** `words` is a key of the review words, or null when `label` is the header's own explanation. */
export interface WindowPreset extends GreyWindow {
  readonly label: string;
  readonly words: string | null;
}

/** Shift+1 to Shift+9. */
const PRESETS_MAX = 9;

/** Usual reading windows in HU; general knowledge, no standard speaks of them. */
const ctPresets: readonly WindowPreset[] = [
  { words: 'preset.softTissue', label: '', center: 40, width: 400 },
  { words: 'preset.lung', label: '', center: -600, width: 1500 },
  { words: 'preset.bone', label: '', center: 450, width: 1800 },
  { words: 'preset.brain', label: '', center: 40, width: 80 },
];

/** The header's own windows first, then those usual for the modality, then everything there is. */
export const presetsOf = (head: FrameHead, modality: string): readonly WindowPreset[] => {
  if (head.kind === 'colour') return [];
  const own = head.windows.map((each, index) => ({
    center: each.center,
    width: each.width,
    label: each.explanation,
    words: each.explanation === '' ? (index === 0 ? 'preset.header' : 'preset.headerMore') : null,
  }));
  const full: WindowPreset = { words: 'preset.full', label: '', ...fullWindow(head) };
  return [...own, ...(modality === 'CT' ? ctPresets : []), full].slice(0, PRESETS_MAX);
};

/** The window an image opens with: the header's first, else everything there is. */
export const firstWindow = (head: FrameHead): GreyWindow => head.windows[0] ?? fullWindow(head);

const fullWindow = (head: FrameHead): GreyWindow => {
  const ends = [head.minStored, head.maxStored].map((stored) => stored * head.rescaleSlope + head.rescaleIntercept);
  return windowOver(Math.min(...ends), Math.max(...ends));
};
