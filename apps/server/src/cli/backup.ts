import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '@jiapian/kernel';
import type { CommandIo, ExitCode } from './command.ts';
import { withTool } from './open-tool.ts';
import { writeBackup } from './write-backup.ts';

export const name = 'backup';
export const usage = 'FILE';
export const summary = {
  'zh-CN': '把数据库和全部影像一致地备份到一个文件（运行中也可以）',
  en: 'writes one consistent archive of database and objects, also beside a running server',
};

export const run = async (args: string[], io: CommandIo): Promise<ExitCode> => {
  const [file, ...rest] = args;
  if (file === undefined || file.startsWith('-') || rest.length > 0)
    throw new AppError('COMMAND_USE_WRONG', { reason: 'one file name' });
  const target = resolve(file);
  if (existsSync(target)) throw new AppError('COMMAND_USE_WRONG', { reason: `${file} exists already` });
  const draft = `${target}.partial`;
  await rm(draft, { force: true });
  return withTool(io, async (tool) => {
    const report = await writeBackup(tool, draft).catch(async (error: unknown) => {
      await rm(draft, { force: true });
      throw error;
    });
    await rename(draft, target);
    io.line(`${target}: ${report.tables} tables, ${report.objects} objects, ${report.bytes} bytes`);
    for (const objectId of report.missing) io.note(`missing, not in the backup: ${objectId}`);
    io.json({ file: target, ...report });
    return report.missing.length === 0 ? 0 : 1;
  });
};
