/** VRs whose explicit header has two reserved bytes and a 32-bit length (PS3.5 table 7.1-1). */
const longVrs = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
const shortVrs = 'AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US'.split(' ');

const keyOf = (first: number, second: number): number => (first << 8) | second;

const table = new Map<number, { vr: string; isLong: boolean }>();
for (const vr of [...longVrs, ...shortVrs]) {
  table.set(keyOf(vr.charCodeAt(0), vr.charCodeAt(1)), { vr, isLong: longVrs.has(vr) });
}

/** The value representation named by two bytes, and whether its length takes 32 bits; undefined for none of PS3.5. */
export const vrOfBytes = (first: number, second: number): { vr: string; isLong: boolean } | undefined =>
  table.get(keyOf(first, second));

/** VRs whose bytes are text in the character set of the data set (PS3.5 section 6.1.2.3). */
export const charsetVrs: ReadonlySet<string> = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);
