import fastifyStatic from '@fastify/static';
import { AppError } from '@jiapian/kernel';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from './app.ts';

export const webDistFolder = join(import.meta.dirname, '..', '..', '..', 'web', 'dist');

const yearMs = 365 * 24 * 3600 * 1000;
/** Addresses of programs: an unknown one is an error, never the page. */
const programPaths = /^\/(api|dicomweb|livez|readyz|metrics)(\/|$)/;

/** The built web client; any address that is not a file or an API is a page of it. */
export const servePages = async (app: App, folder: string): Promise<void> => {
  if (!existsSync(join(folder, 'index.html'))) return;
  await app.register(fastifyStatic, { root: folder, serve: false, preCompressed: true, cacheControl: false });
  app.get('/*', { config: { permission: 'public' }, schema: { hide: true } }, async (request, reply) => {
    const path = decodeURIComponent(request.url.split('?')[0] ?? '/');
    if (programPaths.test(path)) throw new AppError('ROUTE_NOT_FOUND', { method: request.method });
    const isFile = /\.\w+$/.test(path);
    // The build names everything below /assets after its content.
    const isHashed = path.startsWith('/assets/');
    reply.header('cache-control', isHashed ? `public, max-age=${yearMs / 1000}, immutable` : 'no-cache');
    return reply.sendFile(isFile ? path : pageOf(path));
  });
};

/** The phone in a meeting (评片会) has a page of its own, of a few kilobytes. */
const pageOf = (path: string): string => (path === '/meet' || path.startsWith('/meet/') ? 'meet.html' : 'index.html');
