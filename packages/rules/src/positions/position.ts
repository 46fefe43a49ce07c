import type { LocalText, Sourced } from '../local-text.ts';
import type { Part } from './part.ts';
import type { Qualifier } from './qualifier.ts';
import type { View } from './view.ts';

/** The body regions of the library, as the standards page groups them. */
export const regions = {
  head: { zh: '头颅', en: 'Head' },
  neck: { zh: '颈', en: 'Neck' },
  chest: { zh: '胸', en: 'Chest' },
  abdomen: { zh: '腹', en: 'Abdomen' },
  spine: { zh: '脊柱', en: 'Spine' },
  pelvis: { zh: '骨盆', en: 'Pelvis' },
  'upper-limb': { zh: '上肢', en: 'Upper limb' },
  'lower-limb': { zh: '下肢', en: 'Lower limb' },
  breast: { zh: '乳腺', en: 'Breast' },
} as const satisfies Record<string, LocalText>;
/** One body region of the library. */
export type Region = keyof typeof regions;

/** A radiographic position (体位): what must be on the film and how it must lie there. */
export interface Position extends Sourced {
  readonly code: string;
  /** Row of the seed list; a row with two views is two positions. */
  readonly row: string;
  readonly name: LocalText;
  readonly region: Region;
  readonly part: Part;
  readonly view: View;
  /** SNOMED CT code of the view, of DICOM CID 4010. */
  readonly viewCode: string;
  /** SNOMED CT or DCM code of the view modifier, of DICOM CID 4011. */
  readonly viewModifierCode?: string;
  /** A word the description must contain; without it the film is another position of the same part and view. */
  readonly qualifier?: Qualifier;
  /** What must be included. */
  readonly coverage: LocalText;
  /** Signs of right geometry. */
  readonly positioning: LocalText;
  /** What must be sharply shown. */
  readonly visible: LocalText;
}

type Wording = readonly [zh: string, en: string];

/** A row as the library files write it. */
export interface PositionRow {
  readonly code: string;
  readonly name: Wording;
  readonly part: Part;
  readonly view: View;
  readonly viewCode: string;
  readonly viewModifierCode?: string;
  readonly qualifier?: Qualifier;
  readonly cover: Wording;
  readonly lie: Wording;
  readonly show: Wording;
  readonly source: string;
}

/** Characters of a row code such as `CH01`; a view letter may follow. Domain notes §1.6. */
const rowCodeLength = 4;
const asText = ([zh, en]: Wording): LocalText => ({ zh, en });
const isLookedUp = (source: string): boolean => source.split(', ').every((key) => key.startsWith('S'));

/** Positions of one region; a row counts as verified only when every source of it was looked up. */
export const positionsOf = (region: Region, rows: readonly PositionRow[]): readonly Position[] =>
  rows.map(({ code, name, cover, lie, show, source, ...row }) => ({
    ...row,
    code,
    row: code.slice(0, rowCodeLength),
    region,
    name: asText(name),
    coverage: asText(cover),
    positioning: asText(lie),
    visible: asText(show),
    source,
    verified: isLookedUp(source),
  }));
