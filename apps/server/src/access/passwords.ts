import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane; argon2id is the library's own choice. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, parameters);

/** True when the password fits; without an account the same work is done, so that the answer takes as long. */
export const passwordFits = async (stored: string | undefined, password: string): Promise<boolean> => {
  const fits = await verify(stored ?? (await stranger()), password);
  return stored !== undefined && fits;
};

let strangerHash: Promise<string> | undefined;
const stranger = (): Promise<string> => (strangerHash ??= hashPassword(randomBytes(32).toString('hex')));

/** Letters and digits that cannot be mistaken for each other when read from a screen. */
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789';
const ONE_TIME_LENGTH = 16;

/** A password to be used once and then changed: 16 characters of 31, about 79 bits. */
export const oneTimePassword = (): string => {
  let password = '';
  while (password.length < ONE_TIME_LENGTH) {
    for (const byte of randomBytes(ONE_TIME_LENGTH)) {
      // Bytes above the last whole multiple would favour the first letters.
      if (byte < READABLE.length * 8 && password.length < ONE_TIME_LENGTH) password += READABLE[byte % READABLE.length];
    }
  }
  return password;
};
