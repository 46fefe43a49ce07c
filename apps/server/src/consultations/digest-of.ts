import { createHash } from 'node:crypto';

/** SHA-256, as 64 hexadecimal digits, of what is signed; keys in order, so that the same content gives the same. */
export const digestOf = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content, inOrder)).digest('hex');

const inOrder = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value;
