import { parseArgs } from 'node:util';
import type { Role } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import {
  changeAccount,
  createAccount,
  findAccountByUsername,
  oneTimePassword,
  resetPassword,
} from '../access/index.ts';
import { systemActor } from '../audit/index.ts';
import type { ToolPlatform } from '../platform/tool-platform.ts';
import type { CommandIo, ExitCode } from './command.ts';
import { hospitalOf, withTool } from './open-tool.ts';
import { rolesOf } from './roles-of.ts';

export const name = 'user';
export const usage = 'add USERNAME --roles ROLE,… [--name NAME] | disable USERNAME | reset USERNAME   [--hospital ID]';
export const summary = {
  'zh-CN': '不经网页管理账号：新增、停用、重置密码（显示一次性密码）',
  en: 'administers accounts without the web: adds, disables, resets (shows a one-time password)',
};

const actor = systemActor('command-line');
const clock = { now: () => new Date() };

export const run = async (args: string[], io: CommandIo): Promise<ExitCode> => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { roles: { type: 'string' }, name: { type: 'string' }, hospital: { type: 'string' } },
  });
  const [verb, username, ...rest] = positionals;
  if (username === undefined || rest.length > 0)
    throw new AppError('COMMAND_USE_WRONG', { reason: 'one verb and one user name' });
  switch (verb) {
    case 'add':
      return add(io, { username, displayName: values.name ?? username, roles: rolesOf(values.roles) }, values.hospital);
    case 'disable':
      return onAccount(io, username, values.hospital, async ({ database }, hospitalId, accountId) => {
        await changeAccount(database, clock, hospitalId, actor, accountId, { isDisabled: true });
        return { username, isDisabled: true };
      });
    case 'reset':
      return onAccount(io, username, values.hospital, async ({ database }, hospitalId, accountId) => {
        const password = await resetPassword(database, hospitalId, actor, accountId);
        return { username, oneTimePassword: password };
      });
    default:
      throw new AppError('COMMAND_USE_WRONG', { reason: `unknown verb: ${verb}` });
  }
};

const add = (
  io: CommandIo,
  request: { username: string; displayName: string; roles: Role[] },
  hospital: string | undefined,
): Promise<ExitCode> =>
  withTool(io, async (tool) => {
    const password = oneTimePassword();
    const hospitalId = await hospitalOf(tool, hospital);
    await createAccount(tool.database, hospitalId, actor, { ...request, staffId: null, password });
    return show(io, { username: request.username, roles: request.roles, oneTimePassword: password });
  });

const onAccount = (
  io: CommandIo,
  username: string,
  hospital: string | undefined,
  work: (tool: ToolPlatform, hospitalId: string, accountId: string) => Promise<object>,
): Promise<ExitCode> =>
  withTool(io, async (tool) => {
    const hospitalId = await hospitalOf(tool, hospital);
    const account = await tool.database.withHospital(hospitalId, (unit) => findAccountByUsername(unit, username));
    if (!account) throw new AppError('ACCESS_ACCOUNT_NOT_FOUND', { username });
    return show(io, await work(tool, hospitalId, account.account_id));
  });

const show = (io: CommandIo, document: object): ExitCode => {
  for (const [fact, value] of Object.entries(document)) io.line(`${fact}: ${String(value)}`);
  io.json(document);
  return 0;
};
