import type { FrameHead } from '@jiapian/contract';
import { readingWindows, type WindowName } from '@jiapian/rules';
import { fullWindow } from './window-presets.ts';
import type { GreyWindow } from './window-table.ts';

/** `words` is a key of the review words, or null when `label` is the header's own explanation. */
export interface WindowPreset extends GreyWindow {
  readonly label: string;
  readonly words: string | null;
}

/** As many as there are digits. */
const PRESETS_MAX = 9;

const ofCt: readonly (readonly [WindowName, words: string])[] = [
  ['soft-tissue', 'preset.softTissue'],
  ['lung', 'preset.lung'],
  ['bone', 'preset.bone'],
  ['brain', 'preset.brain'],
];
const ctPresets: readonly WindowPreset[] = ofCt.map(([name, words]) => {
  const { centerHu, widthHu } = readingWindows[name];
  return { words, label: '', center: centerHu, width: widthHu };
});

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
