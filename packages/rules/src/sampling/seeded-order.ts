/** A seed of 64 bits as 16 hexadecimal digits; stored with the draw, so that the draw can be repeated. */
export type Seed = string;

/**
 * MurmurHash3 x86 32-bit of a text's UTF-16 code units below 256; an unsigned 32-bit number. Not cryptographic: the
 * seed comes from a cryptographic source and is drawn after the candidates are known. Source: Appleby, SMHasher.
 */
export const murmur3 = (text: string, seed: number): number => {
  let hash = seed;
  const whole = text.length - (text.length % 4);
  for (let at = 0; at < whole; at += 4) {
    const block =
      text.charCodeAt(at) |
      (text.charCodeAt(at + 1) << 8) |
      (text.charCodeAt(at + 2) << 16) |
      (text.charCodeAt(at + 3) << 24);
    hash = Math.imul(rotate(hash ^ scrambled(block), 13), 5) + 0xe6546b64;
  }
  let rest = 0;
  for (let at = text.length - 1; at >= whole; at -= 1) rest = (rest << 8) | text.charCodeAt(at);
  if (text.length > whole) hash ^= scrambled(rest);
  hash ^= text.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));
const scrambled = (block: number): number => Math.imul(rotate(Math.imul(block, 0xcc9e2d51), 15), 0x1b873593);

/** 2 to the power −53: a number of 53 bits becomes one from 0 up to, not including, 1. */
const unit53 = 2 ** -53;
/** Bits of the second hash that fit beside the 32 of the first. */
const lowerBits = 21;

/**
 * The place of a film in the random order of a seed: from 0 up to, not including, 1, evenly spread. It follows from the
 * seed and the film alone, so that no other candidate and no order of asking can move it, and anybody can repeat it.
 */
export const placeInOrder = (seed: Seed, filmId: string): number => {
  const high = murmur3(filmId, Number.parseInt(seed.slice(0, 8), 16));
  const low = murmur3(filmId, Number.parseInt(seed.slice(8, 16), 16));
  return (high * 2 ** lowerBits + (low >>> (32 - lowerBits))) * unit53;
};

/** Whether a film falls into a share (0 … 1) of all, by the seed: nobody can choose it, and anybody can repeat it. */
export const fallsIntoShare = (seed: Seed, filmId: string, share: number): boolean =>
  placeInOrder(seed, filmId) < share;
