import { parseArgs } from 'node:util';
import { AppError } from '@jiapian/kernel';
import { deadJobs, reviveJobs } from '../platform/dead-jobs.ts';
import type { CommandIo, ExitCode } from './command.ts';
import { withTool } from './open-tool.ts';

export const name = 'jobs';
export const usage = '[retry JOB-ID…|all]';
export const summary = {
  'zh-CN': '列出放弃了的后台任务及原因；retry 让它们重新执行',
  en: 'lists background jobs that were given up, and why; retry lets them run again',
};

export const run = async (args: string[], io: CommandIo): Promise<ExitCode> => {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const [verb, ...ids] = positionals;
  if (verb === undefined) return list(io);
  if (verb !== 'retry' || ids.length === 0)
    throw new AppError('COMMAND_USE_WRONG', { reason: 'retry takes job ids or all' });
  const chosen = ids[0] === 'all' ? null : ids.map(Number);
  if (chosen?.some((id) => !Number.isSafeInteger(id)))
    throw new AppError('COMMAND_USE_WRONG', { reason: 'a job id is a number' });
  return withTool<ExitCode>(io, async ({ database }) => {
    const revived = await reviveJobs(database, chosen);
    io.line(`${revived} jobs will run again`);
    io.json({ revived });
    return 0;
  });
};

/** Exits 1 while there is one: a monitor may ask. */
const list = (io: CommandIo): Promise<ExitCode> =>
  withTool(io, async ({ database }) => {
    const jobs = await deadJobs(database);
    for (const job of jobs)
      io.line(`${job.jobId}  ${job.name}  ${job.error}  ${job.attempts} attempts  ${job.createdAt.toISOString()}`);
    io.json({ jobs });
    return jobs.length === 0 ? 0 : 1;
  });
