import {
  accountSchema,
  apiTokenSchema,
  createAccountRequest,
  createApiTokenRequest,
  createApiTokenResponse,
  pageOf,
  pageQuery,
  resetPasswordResponse,
  updateAccountRequest,
  uuidSchema,
  type Account,
} from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { listPageOf, pageFrom } from '../platform/list-page.ts';
import { listAccounts, listTokens, type AccountRow } from './access.repository.ts';
import { changeAccount, createAccount, resetPassword } from './manage-accounts.ts';
import { createToken, endToken } from './manage-tokens.ts';
import { knownRoles } from './permissions-of.ts';

const config = { permission: 'access.manage' } as const;
const tags = ['access'];
const querystring = z.object(pageQuery);
const accountParams = z.object({ accountId: uuidSchema });

export const accountRoutes = (app: App, database: Database, clock: Clock): void => {
  app.get(
    '/api/v1/accounts',
    {
      config,
      schema: { tags, operationId: 'listAccounts', querystring, response: { 200: pageOf(accountSchema) } },
    },
    async (request) => {
      const page = listPageOf(request.query);
      const rows = await database.withHospital(request.caller.hospitalId, (unit) => listAccounts(unit, page));
      return pageFrom(rows, page, (row) => [row.username, row.account_id], asAccount);
    },
  );

  app.post(
    '/api/v1/accounts',
    {
      config,
      schema: { tags, operationId: 'createAccount', body: createAccountRequest, response: { 201: accountSchema } },
    },
    async (request, reply) => {
      const row = await createAccount(database, request.caller.hospitalId, actorOf(request), request.body);
      return reply.code(201).send(asAccount(row));
    },
  );

  app.patch(
    '/api/v1/accounts/:accountId',
    {
      config,
      schema: {
        tags,
        operationId: 'changeAccount',
        params: accountParams,
        body: updateAccountRequest,
        response: { 200: accountSchema },
      },
    },
    async (request) => {
      const { hospitalId } = request.caller;
      const { accountId } = request.params;
      return asAccount(await changeAccount(database, clock, hospitalId, actorOf(request), accountId, request.body));
    },
  );

  app.post(
    '/api/v1/accounts/:accountId/password',
    {
      config,
      schema: {
        tags,
        operationId: 'resetPassword',
        params: accountParams,
        response: { 200: resetPasswordResponse },
      },
    },
    async (request) => ({
      oneTimePassword: await resetPassword(
        database,
        request.caller.hospitalId,
        actorOf(request),
        request.params.accountId,
      ),
    }),
  );

  app.get(
    '/api/v1/api-tokens',
    {
      config,
      schema: { tags, operationId: 'listApiTokens', querystring, response: { 200: pageOf(apiTokenSchema) } },
    },
    async (request) => {
      const page = listPageOf(request.query);
      const rows = await database.withHospital(request.caller.hospitalId, (unit) => listTokens(unit, page));
      return pageFrom(rows, page, (row) => [row.name, row.token_id], asApiToken);
    },
  );

  app.post(
    '/api/v1/api-tokens',
    {
      config,
      schema: {
        tags,
        operationId: 'createApiToken',
        body: createApiTokenRequest,
        response: { 201: createApiTokenResponse },
      },
    },
    async (request, reply) => {
      const { hospitalId } = request.caller;
      const { tokenId, token } = await createToken(database, hospitalId, actorOf(request), request.body);
      const apiToken = {
        tokenId,
        name: request.body.name,
        roles: request.body.roles,
        createdAt: clock.now().toISOString(),
        lastUsedAt: null,
        revokedAt: null,
      };
      return reply.code(201).send({ token, apiToken });
    },
  );

  app.delete(
    '/api/v1/api-tokens/:tokenId',
    {
      config,
      schema: {
        tags,
        operationId: 'revokeApiToken',
        params: z.object({ tokenId: uuidSchema }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await endToken(database, clock, request.caller.hospitalId, actorOf(request), request.params.tokenId);
      return reply.code(204).send(null);
    },
  );
};

const asAccount = (row: AccountRow): Account => ({
  accountId: row.account_id,
  username: row.username,
  displayName: row.display_name,
  staffId: row.staff_id,
  roles: knownRoles(row.roles),
  disabledAt: row.disabled_at?.toISOString() ?? null,
  lockedUntil: row.locked_until?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
});

const asApiToken = (row: Awaited<ReturnType<typeof listTokens>>[number]) => ({
  tokenId: row.token_id,
  name: row.name,
  roles: knownRoles(row.roles),
  createdAt: row.created_at.toISOString(),
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  revokedAt: row.revoked_at?.toISOString() ?? null,
});
