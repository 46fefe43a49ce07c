import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;

/** A secret for a cookie or a machine client; only its hash is stored. */
export const newSecretToken = (): string => randomBytes(TOKEN_BYTES).toString('base64url');

export const tokenSha256 = (token: string): Buffer => createHash('sha256').update(token).digest();
