import type { Random } from '../picture/random.ts';

/** A UUID-derived UID (PS3.5 B.2) from the seeded sequence: the same seed names the same objects. */
export function uidOf(random: Random): string {
  let value = 0n;
  for (let i = 0; i < 4; i++) value = (value << 32n) | BigInt(Math.floor(random.next() * 4_294_967_296));
  return `2.25.${value}`;
}
