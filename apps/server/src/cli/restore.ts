import { AppError } from '@jiapian/kernel';
import { readSettings } from '../platform/settings.ts';
import type { CommandIo, ExitCode } from './command.ts';
import { readBackup } from './read-backup.ts';

export const name = 'restore';
export const usage = 'FILE';
export const summary = {
  'zh-CN': '把备份恢复到一个空的数据目录和空的数据库',
  en: 'restores a backup into an empty data folder and an empty database',
};

export const run = async (args: string[], io: CommandIo): Promise<ExitCode> => {
  const [file, ...rest] = args;
  if (file === undefined || file.startsWith('-') || rest.length > 0)
    throw new AppError('COMMAND_USE_WRONG', { reason: 'one file name' });
  const report = await readBackup(readSettings(io.environment), file);
  io.line(`restored ${report.tables} tables, ${report.objects} objects; run "jiapian verify" to compare them`);
  io.json(report);
  return 0;
};
