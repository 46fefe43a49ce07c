import type { LocalText, Sourced } from '../local-text.ts';

/** A window a CT is read with, in HU. */
export interface ReadingWindow extends Sourced {
  readonly name: LocalText;
  readonly centerHu: number;
  readonly widthHu: number;
}

/** Usual reading windows of CT, in HU; a reader changes each of them on the picture. Domain notes §1.9. */
export const readingWindows = {
  'soft-tissue': {
    name: { zh: '软组织窗', en: 'Soft tissue' },
    centerHu: 40,
    widthHu: 400,
    source: 'S29',
    verified: true,
  },
  lung: { name: { zh: '肺窗', en: 'Lung' }, centerHu: -500, widthHu: 1500, source: 'S29', verified: true },
  bone: { name: { zh: '骨窗', en: 'Bone' }, centerHu: 400, widthHu: 2000, source: 'S29', verified: true },
  brain: { name: { zh: '脑窗', en: 'Brain' }, centerHu: 40, widthHu: 80, source: 'GKU', verified: false },
  subdural: { name: { zh: '硬膜下窗', en: 'Subdural' }, centerHu: 75, widthHu: 200, source: 'GKU', verified: false },
  liver: { name: { zh: '肝窗', en: 'Liver' }, centerHu: 60, widthHu: 150, source: 'GKU', verified: false },
} as const satisfies Record<string, ReadingWindow>;
/** One of the reading windows. */
export type WindowName = keyof typeof readingWindows;
