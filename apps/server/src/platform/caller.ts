import type { Permission, Role } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import type { FastifyRequest } from 'fastify';

/** Who asks: a person by session, or a machine by token. */
export interface Caller {
  accountId: string;
  hospitalId: string;
  username: string;
  name: string;
  staffId: string | null;
  roles: readonly Role[];
  permissions: ReadonlySet<Permission>;
  via: 'session' | 'token';
}

/** What a route asks of its caller; every route says it, or the start refuses the route. */
export type RouteAccess = Permission | 'signed-in' | 'public';

export type Authenticate = (request: FastifyRequest) => Promise<Caller | null>;

declare module 'fastify' {
  interface FastifyRequest {
    /** The signed-in caller; on a public route asking for it is answered with 401. */
    readonly caller: Caller;
    identified: Caller | null;
  }
  interface FastifyContextConfig {
    permission?: RouteAccess;
  }
}

export const requireCaller = (request: FastifyRequest): Caller => {
  if (request.identified === null) throw new AppError('ACCESS_SIGN_IN_REQUIRED');
  return request.identified;
};
