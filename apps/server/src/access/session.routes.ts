import { changePasswordRequest, preferencesRequest, sessionSchema, signInRequest } from '@jiapian/contract';
import type { Clock } from '@jiapian/kernel';
import { z } from 'zod';
import { actorOf, recordEntry } from '../audit/index.ts';
import type { Database } from '../platform/database.ts';
import type { App } from '../platform/http.ts';
import { deleteSession, findAccount, updateAccount } from './access.repository.ts';
import { SESSION_COOKIE } from './authenticate.ts';
import { changePassword } from './change-password.ts';
import { describeSession } from './describe-session.ts';
import { tokenSha256 } from './secret-tokens.ts';
import { signIn } from './sign-in.ts';

/** Attempts to sign in from one address in a minute. [PD] */
const SIGN_INS_PER_MINUTE = 20;

export const sessionRoutes = (app: App, database: Database, clock: Clock): void => {
  app.post(
    '/api/v1/session',
    {
      config: { permission: 'public', rateLimit: { max: SIGN_INS_PER_MINUTE, timeWindow: '1 minute' } },
      schema: {
        tags: ['access'],
        operationId: 'signIn',
        body: signInRequest,
        response: { 200: sessionSchema },
      },
    },
    async (request, reply) => {
      const signedIn = await signIn(database, clock, { ...request.body, requestId: request.id });
      reply.setCookie(SESSION_COOKIE, signedIn.token, {
        path: '/',
        httpOnly: true,
        sameSite: 'strict',
        secure: request.protocol === 'https',
      });
      return describeSession(database, signedIn);
    },
  );

  app.get(
    '/api/v1/session',
    {
      config: { permission: 'signed-in' },
      schema: { tags: ['access'], operationId: 'getSession', response: { 200: sessionSchema } },
    },
    async (request) => describeSession(database, request.caller),
  );

  app.delete(
    '/api/v1/session',
    {
      config: { permission: 'signed-in' },
      schema: { tags: ['access'], operationId: 'signOut', response: { 204: z.null() } },
    },
    async (request, reply) => {
      const token = request.cookies[SESSION_COOKIE];
      if (token !== undefined) await database.withSystem((unit) => deleteSession(unit, tokenSha256(token)));
      await database.withHospital(request.caller.hospitalId, (unit) =>
        recordEntry(unit, actorOf(request), {
          action: 'access.sign-out',
          subjectKind: 'account',
          subjectId: request.caller.accountId,
        }),
      );
      reply.clearCookie(SESSION_COOKIE, { path: '/' });
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/api/v1/session/password',
    {
      config: { permission: 'signed-in', rateLimit: { max: SIGN_INS_PER_MINUTE, timeWindow: '1 minute' } },
      schema: {
        tags: ['access'],
        operationId: 'changePassword',
        body: changePasswordRequest,
        response: { 200: sessionSchema },
      },
    },
    async (request) => {
      const token = request.cookies[SESSION_COOKIE];
      await changePassword(database, actorOf(request), {
        hospitalId: request.caller.hospitalId,
        accountId: request.caller.accountId,
        ...request.body,
        keepSession: token === undefined ? undefined : tokenSha256(token),
      });
      return describeSession(database, request.caller);
    },
  );

  app.patch(
    '/api/v1/session/preferences',
    {
      config: { permission: 'signed-in' },
      schema: {
        tags: ['access'],
        operationId: 'changePreferences',
        body: preferencesRequest,
        response: { 200: sessionSchema },
      },
    },
    async (request) => {
      const { locale, preferences } = request.body;
      const { accountId, hospitalId } = request.caller;
      await database.withHospital(hospitalId, async (unit) => {
        const account = await findAccount(unit, accountId);
        await updateAccount(unit, accountId, {
          ...(locale !== undefined && { locale }),
          ...(preferences !== undefined && {
            preferences: JSON.stringify({ ...(account?.preferences as object), ...preferences }),
          }),
        });
      });
      return describeSession(database, request.caller);
    },
  );
};
