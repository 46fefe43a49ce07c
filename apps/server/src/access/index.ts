export { accountRoutes } from './accounts.routes.ts';
export { deleteExpiredSessions, findAccountByUsername, listEveryToken } from './access.repository.ts';
export { authenticate, SESSION_COOKIE } from './authenticate.ts';
export { ensureFirstAdministrator, FIRST_USERNAME, type FirstStart } from './first-administrator.ts';
export { changeAccount, createAccount, resetPassword } from './manage-accounts.ts';
export { createToken, endToken } from './manage-tokens.ts';
export { oneTimePassword } from './passwords.ts';
export { sessionRoutes } from './session.routes.ts';
