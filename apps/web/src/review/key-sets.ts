import { grades, type Grade } from '@jiapian/kernel';

/** What a key of the workstation does; deductions and window presets have keys of their own. */
export type KeyAct =
  | 'grade-A'
  | 'grade-B'
  | 'grade-C'
  | 'grade-reject'
  | 'save'
  | 'undo'
  | 'note'
  | 'pause'
  | 'reference'
  | 'keys'
  | 'fit'
  | 'one-to-one'
  | 'zoom-in'
  | 'zoom-out'
  | 'invert'
  | 'turn'
  | 'turn-back'
  | 'flip'
  | 'flip-down'
  | 'mark'
  | 'hide-marks'
  | 'image-before'
  | 'image-after'
  | 'image-first'
  | 'image-last'
  | 'series-before'
  | 'series-after'
  | 'pane-before'
  | 'pane-after'
  | 'layout-before'
  | 'layout-after'
  | 'cine';

/** A map of keys by the names of `keyName`. */
export interface KeySet {
  readonly code: 'jiapian' | 'ohif';
  readonly keys: Readonly<Record<KeyAct, readonly string[]>>;
  /** Stands before the key that the standard gives a deduction. */
  readonly deductionPrefix: '' | 'Shift+';
  /** Stands before the digit of a window preset. */
  readonly presetPrefix: '' | 'Shift+';
}

/** Made for grading with one hand: what is pressed most has the plainest keys. */
const jiapian: KeySet = {
  code: 'jiapian',
  deductionPrefix: '',
  presetPrefix: 'Shift+',
  keys: {
    'grade-A': ['1'],
    'grade-B': ['2'],
    'grade-C': ['3'],
    'grade-reject': ['4'],
    save: ['Enter'],
    undo: ['Backspace'],
    note: ['N'],
    pause: ['Shift+P'],
    reference: ['G'],
    keys: ['?', 'Shift+/'],
    fit: [' '],
    'one-to-one': ['O'],
    'zoom-in': ['+', '='],
    'zoom-out': ['-'],
    invert: ['I'],
    turn: ['Shift+R'],
    'turn-back': ['Shift+L'],
    flip: ['Shift+H'],
    'flip-down': ['Shift+V'],
    mark: ['M'],
    'hide-marks': ['H'],
    'image-before': ['ArrowUp'],
    'image-after': ['ArrowDown'],
    'image-first': ['Home'],
    'image-last': ['End'],
    'series-before': ['PageUp'],
    'series-after': ['PageDown'],
    'pane-before': ['ArrowLeft'],
    'pane-after': ['ArrowRight'],
    'layout-before': [','],
    'layout-after': ['.', 'L'],
    cine: ['P'],
  },
};

/** The viewer's keys as OHIF has them (its default bindings); grading keeps its keys behind Shift. */
const ohif: KeySet = {
  code: 'ohif',
  deductionPrefix: 'Shift+',
  presetPrefix: '',
  keys: {
    ...jiapian.keys,
    'grade-A': ['Shift+1'],
    'grade-B': ['Shift+2'],
    'grade-C': ['Shift+3'],
    'grade-reject': ['Shift+4'],
    note: ['N'],
    fit: [' ', '='],
    'zoom-in': ['+'],
    turn: ['R'],
    'turn-back': ['L'],
    flip: ['H'],
    'flip-down': ['V'],
    'hide-marks': ['Shift+H'],
    'layout-after': ['.'],
    cine: ['C'],
  },
};

export const keySets: readonly KeySet[] = [jiapian, ohif];

export const keySetOf = (code: string | undefined): KeySet => keySets.find((set) => set.code === code) ?? jiapian;

/** What a key does in a set; a deduction's key comes first, so that a hospital may take any letter for one. */
export const actOf = (set: KeySet, name: string): KeyAct | null => {
  const found = (Object.keys(set.keys) as KeyAct[]).find((act) => set.keys[act].includes(name));
  return found ?? null;
};

/** The grade that an act gives; null when it gives none. */
export const gradeOf = (act: KeyAct | null): Grade | null =>
  grades.find((grade) => act === (`grade-${grade}` satisfies KeyAct)) ?? null;

/** Number of the window preset that a key stands for, from 1; null for any other key. */
export const presetOf = (set: KeySet, name: string): number | null => {
  const digit = name.startsWith(set.presetPrefix) ? name.slice(set.presetPrefix.length) : '';
  return /^[1-9]$/.test(digit) ? Number(digit) : null;
};

const printed: Readonly<Record<string, string>> = {
  ' ': 'Space',
  Backspace: '⌫',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  '-': '−',
};

/** The keys of an act as they are printed. */
export const keyCapsOf = (set: KeySet, act: KeyAct): readonly string[] => set.keys[act].map(capOf);

/** A key as it is printed on a keyboard. */
export const capOf = (name: string): string => {
  const key = name.replace('Shift+', '');
  return `${name === key ? '' : '⇧'}${printed[key] ?? key}`;
};
