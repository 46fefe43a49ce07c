import { randomUUID } from 'node:crypto';
import { AppError, type Clock } from '@jiapian/kernel';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import { insertToken, revokeToken } from './access.repository.ts';
import { newSecretToken, tokenSha256 } from './secret-tokens.ts';

/** Makes a bearer token for a machine client; the secret is shown once. */
export const createToken = async (
  database: Database,
  hospitalId: string,
  by: AuditActor,
  request: { name: string; roles: string[] },
): Promise<{ tokenId: string; token: string }> => {
  const token = newSecretToken();
  const tokenId = randomUUID();
  await database.withHospital(hospitalId, async (unit) => {
    await insertToken(unit, {
      token_id: tokenId,
      name: request.name,
      token_sha256: tokenSha256(token),
      roles: request.roles,
      created_by: by.accountId,
    });
    const facts = { name: request.name, roles: request.roles };
    await recordEntry(unit, by, {
      action: 'access.token-created',
      subjectKind: 'api-token',
      subjectId: tokenId,
      facts,
    });
  });
  return { tokenId, token };
};

export const endToken = async (
  database: Database,
  clock: Clock,
  hospitalId: string,
  by: AuditActor,
  tokenId: string,
): Promise<void> =>
  database.withHospital(hospitalId, async (unit) => {
    if (!(await revokeToken(unit, tokenId, clock.now()))) throw new AppError('ACCESS_TOKEN_NOT_FOUND');
    await recordEntry(unit, by, { action: 'access.token-revoked', subjectKind: 'api-token', subjectId: tokenId });
  });
