import { describe, expect, it } from 'vitest';
import type { PositionFacts } from './header-facts.ts';
import { mappingKey } from './mapping-key.ts';

const facts: PositionFacts = {
  modality: 'DX',
  viewPosition: 'AP',
  viewCodes: ['399348003'],
  bodyPartExamined: 'HAND',
  imageLaterality: 'L',
  protocolName: 'Hand, dors.',
  studyDescription: '左手正斜位',
  seriesDescription: '',
};

describe('mappingKey', () => {
  it('is the same for another spelling of the same header', () => {
    const again = { ...facts, bodyPartExamined: ' hand ', protocolName: 'HAND  DORS' };
    expect(mappingKey(again)).toBe(mappingKey(facts));
  });

  it('is the same for the other side and for another order text', () => {
    expect(mappingKey({ ...facts, imageLaterality: 'R', studyDescription: '右手外伤' })).toBe(mappingKey(facts));
  });

  it('does not depend on the order of the view codes', () => {
    const one = mappingKey({ ...facts, viewCodes: ['1', '2'] });
    expect(mappingKey({ ...facts, viewCodes: ['2', '1'] })).toBe(one);
  });

  it.each([
    ['modality', { modality: 'CR' }],
    ['view', { viewPosition: 'PA' }],
    ['view code', { viewCodes: [] }],
    ['body part', { bodyPartExamined: 'WRIST' }],
    ['protocol', { protocolName: 'Hand obl' }],
    ['series', { seriesDescription: 'x' }],
  ])('is another for another %s', (_, change) => {
    expect(mappingKey({ ...facts, ...change })).not.toBe(mappingKey(facts));
  });

  const silent = { ...facts, viewPosition: '', viewCodes: [], bodyPartExamined: '', protocolName: '' };
  it('uses the study description of a device that says nothing else', () => {
    expect(mappingKey(silent)).toContain('左手正斜位');
  });

  it('is null when there is nothing to recognise a film by', () => {
    expect(mappingKey({ ...silent, studyDescription: ' - - ' })).toBeNull();
  });
});
