import { afterEach, expect, it } from 'vitest';
import { type Server, signIn, startServer } from './server.ts';

let server: Server | undefined;
afterEach(() => server?.stop());

it('starts the product, reads the printed one-time password and signs in with it', async () => {
  server = await startServer({ adminPassword: null });
  const session = await signIn(server);
  expect(await session.get('/api/v1/session')).toMatchObject({ username: 'admin', mustChangePassword: true });
});

it('says what the product said when it does not start', async () => {
  await expect(startServer({ variables: { JIAPIAN_ROLES: 'cook' } })).rejects.toThrow('JIAPIAN_ROLES');
});
