import { defaultStandard } from '@jiapian/rules';
import { describe, expect, it } from 'vitest';
import { actOf, capOf, keySetOf, keySets, presetOf } from './key-sets.ts';

const deductionKeys = defaultStandard.deductions.map(({ key }) => key);

describe.each(keySets)('the key set $code', (set) => {
  it('gives no key to two acts, to an act and a deduction, or to an act and a window preset', () => {
    const acts = Object.values(set.keys).flat();
    expect(acts.filter((name, index) => acts.indexOf(name) !== index)).toEqual([]);
    const deductions = deductionKeys.map((key) => set.deductionPrefix + key);
    expect(acts.filter((name) => deductions.includes(name))).toEqual([]);
    expect(acts.filter((name) => presetOf(set, name) !== null)).toEqual([]);
  });
});

describe('a key', () => {
  it('grades plainly in the own set, and behind Shift where the viewer has the digits', () => {
    expect(actOf(keySetOf('jiapian'), '1')).toBe('grade-A');
    expect(presetOf(keySetOf('jiapian'), 'Shift+1')).toBe(1);
    expect(actOf(keySetOf('ohif'), '1')).toBeNull();
    expect(presetOf(keySetOf('ohif'), '1')).toBe(1);
    expect(actOf(keySetOf('ohif'), 'Shift+1')).toBe('grade-A');
  });
  // Read from OHIF's own default bindings.
  it.each([
    ['R', 'turn'],
    ['L', 'turn-back'],
    ['H', 'flip'],
    ['V', 'flip-down'],
    ['I', 'invert'],
    ['C', 'cine'],
    [' ', 'fit'],
    ['=', 'fit'],
    ['+', 'zoom-in'],
    ['-', 'zoom-out'],
    ['PageUp', 'series-before'],
    ['PageDown', 'series-after'],
    ['ArrowUp', 'image-before'],
    ['ArrowDown', 'image-after'],
    ['Home', 'image-first'],
    ['End', 'image-last'],
    ['ArrowLeft', 'pane-before'],
    ['ArrowRight', 'pane-after'],
    [',', 'layout-before'],
    ['.', 'layout-after'],
  ])('%s does in the OHIF set what it does in OHIF', (name, act) => {
    expect(actOf(keySetOf('ohif'), name)).toBe(act);
  });
  it('is shown as it is printed, and an unknown choice is the own set', () => {
    expect([' ', 'Shift+N', 'Backspace', 'ArrowUp'].map(capOf)).toEqual(['Space', '⇧N', '⌫', '↑']);
    expect(keySetOf('vim').code).toBe('jiapian');
  });
});
