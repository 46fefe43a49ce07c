import {
  accountSchema,
  apiTokenSchema,
  createApiTokenResponse,
  resetPasswordResponse,
  type Account,
  type Role,
} from '@jiapian/contract';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { command, request } from '../api/client.ts';
import { wholeList } from '../api/whole-list.ts';

export const accountsQuery = queryOptions({
  queryKey: ['access', 'accounts'],
  queryFn: ({ signal }) => wholeList(accountSchema, '/accounts', signal),
});
export const tokensQuery = queryOptions({
  queryKey: ['access', 'tokens'],
  queryFn: ({ signal }) => wholeList(apiTokenSchema, '/api-tokens', signal),
});
export type ApiToken = z.infer<typeof apiTokenSchema>;

export interface AccountValues {
  username: string;
  displayName: string;
  roles: Role[];
  staffId: string | null;
  password: string;
}
export const createAccount = (body: AccountValues) => request(accountSchema, 'POST', '/accounts', { body });
export const changeAccount = (
  accountId: string,
  body: Partial<Pick<Account, 'displayName' | 'roles' | 'staffId'>> & { isDisabled?: boolean },
) => request(accountSchema, 'PATCH', `/accounts/${accountId}`, { body });
export const resetPassword = (accountId: string) =>
  request(resetPasswordResponse, 'POST', `/accounts/${accountId}/password`);
export const createToken = (body: { name: string; roles: Role[] }) =>
  request(createApiTokenResponse, 'POST', '/api-tokens', { body });
export const revokeToken = (tokenId: string) => command('DELETE', `/api-tokens/${tokenId}`);
