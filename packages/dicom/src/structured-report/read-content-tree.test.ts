import { describe, expect, it } from 'vitest';
import { type DataSet, readDataSet } from '../read-data-set.ts';
import { maxContentDepth, maxContentItems, readContentTree } from './read-content-tree.ts';
import { descendantsOf } from './content-item.ts';

const explicit = { isExplicit: true, isLittleEndian: true };

const header = (tag: number, vr: string, length: number): number[] => {
  const long = vr === 'SQ';
  const size = long
    ? [0, 0, length & 255, (length >>> 8) & 255, (length >>> 16) & 255, length >>> 24]
    : [length & 255, length >>> 8];
  return [(tag >>> 16) & 255, tag >>> 24, tag & 255, (tag >>> 8) & 255, vr.charCodeAt(0), vr.charCodeAt(1), ...size];
};
const itemHead = (length: number): number[] => [
  0xfe,
  0xff,
  0x00,
  0xe0,
  length & 255,
  (length >>> 8) & 255,
  (length >>> 16) & 255,
  length >>> 24,
];
const container = [...header(0x0040a040, 'CS', 10), ...Buffer.from('CONTAINER ')];

/** `levels` containers, each holding the next; lengths stated, or left open. */
const nested = (levels: number, isOpen = false): DataSet => {
  const bytes: number[] = [];
  const perLevel = container.length + 12 + 8;
  for (let level = 0; level < levels; level += 1) {
    const rest = (levels - level - 1) * perLevel;
    bytes.push(...container, ...header(0x0040a730, 'SQ', isOpen ? 0xffffffff : rest + 8));
    bytes.push(...itemHead(isOpen ? 0xffffffff : rest));
  }
  return readDataSet(Uint8Array.from(bytes), 0, explicit);
};

const depthOf = (dataSet: DataSet): number => descendantsOf0(readContentTree(dataSet).root);
const descendantsOf0 = (root: { children: unknown[] }): number => {
  let depth = 1;
  for (let at = root as { children: { children: unknown[] }[] }; at.children[0] !== undefined;) {
    at = at.children[0] as typeof at;
    depth += 1;
  }
  return depth;
};

describe('a content tree', () => {
  it('is read as deep as it is below the limit, with every length stated', () => {
    expect(depthOf(nested(40))).toBe(41);
    expect(readContentTree(nested(40)).problem).toBeUndefined();
  });

  it.each([10_000, 100_000])('of %i levels ends at the limit with a named reason', (levels) => {
    const { root, problem } = readContentTree(nested(levels));
    expect(problem).toBe('content-tree-too-deep');
    expect(descendantsOf0(root)).toBe(maxContentDepth);
  });

  it('of 10,000 levels with open lengths ends too', () => {
    const dataSet = nested(10_000, true);
    expect(dataSet.problem ?? readContentTree(dataSet).problem).toBeDefined();
  });

  it('of more nodes than the limit ends with a named reason', () => {
    const one = [...itemHead(container.length), ...container];
    const count = maxContentItems + 1;
    const body = new Uint8Array(one.length * count);
    for (let at = 0; at < count; at += 1) body.set(one, at * one.length);
    const bytes = new Uint8Array([...header(0x0040a730, 'SQ', body.length)].length + body.length);
    bytes.set(header(0x0040a730, 'SQ', body.length), 0);
    bytes.set(body, 12);
    expect(readContentTree(readDataSet(bytes, 0, explicit)).problem).toBe('content-tree-too-large');
  });

  it('does not follow a reference, so that one to its own parent ends', () => {
    const reference = [...header(0x0040db73, 'UL', 4), 1, 0, 0, 0];
    const child = [...itemHead(reference.length), ...reference];
    const bytes = Uint8Array.from([...container, ...header(0x0040a730, 'SQ', child.length), ...child]);
    const { root, problem } = readContentTree(readDataSet(bytes, 0, explicit));
    expect(problem).toBeUndefined();
    expect(root.children).toMatchObject([{ valueType: 'REFERENCE', referencedPosition: [1], children: [] }]);
    expect(descendantsOf(root, '113701')).toEqual([]);
  });
});
