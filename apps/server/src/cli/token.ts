import { parseArgs } from 'node:util';
import { AppError } from '@jiapian/kernel';
import { createToken, endToken, listEveryToken } from '../access/index.ts';
import { systemActor } from '../audit/index.ts';
import type { CommandIo, ExitCode } from './command.ts';
import { hospitalOf, withTool } from './open-tool.ts';
import { rolesOf } from './roles-of.ts';

export const name = 'token';
export const usage = 'add NAME --roles ROLE,… | revoke TOKEN-ID | list   [--hospital ID]';
export const summary = {
  'zh-CN': '管理接口令牌：新增（令牌只显示一次）、吊销、列出',
  en: 'administers tokens of machine clients: adds (shown once), revokes, lists',
};

const actor = systemActor('command-line');
const clock = { now: () => new Date() };

export const run = async (args: string[], io: CommandIo): Promise<ExitCode> => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { roles: { type: 'string' }, hospital: { type: 'string' } },
  });
  const [verb, subject, ...rest] = positionals;
  if (rest.length > 0 || (verb !== 'list' && subject === undefined))
    throw new AppError('COMMAND_USE_WRONG', { reason: 'one verb and one name' });
  return withTool<ExitCode>(io, async (tool) => {
    const hospitalId = await hospitalOf(tool, values.hospital);
    switch (verb) {
      case 'add': {
        const request = { name: subject ?? '', roles: rolesOf(values.roles) };
        const { tokenId, token } = await createToken(tool.database, hospitalId, actor, request);
        io.line(`${tokenId}\n${token}`);
        io.json({ tokenId, token });
        return 0;
      }
      case 'revoke':
        await endToken(tool.database, clock, hospitalId, actor, subject ?? '');
        io.line(`revoked ${subject}`);
        io.json({ tokenId: subject, isRevoked: true });
        return 0;
      case 'list': {
        const tokens = await tool.database.withHospital(hospitalId, listEveryToken);
        for (const { token_id, name, roles, revoked_at } of tokens)
          io.line(`${token_id}  ${name}  ${roles.join(',')}${revoked_at ? '  revoked' : ''}`);
        io.json({
          tokens: tokens.map(({ token_id, name, roles, revoked_at }) => ({
            tokenId: token_id,
            name,
            roles,
            revokedAt: revoked_at,
          })),
        });
        return 0;
      }
      default:
        throw new AppError('COMMAND_USE_WRONG', { reason: `unknown verb: ${verb}` });
    }
  });
};
