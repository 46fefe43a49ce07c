import { AppError } from '@jiapian/kernel';
import type { CommandIo, ExitCode } from './command.ts';
import { filesBelow } from './files-below.ts';
import { uploadFiles, type ImportReport } from './upload-files.ts';
import { findRunningServer } from './running-server.ts';

export const name = 'import';
export const usage = 'PATH…';
export const summary = {
  'zh-CN': '把文件、文件夹、ZIP 导入正在运行的科室，并报告收到、重复、隔离的数量和原因',
  en: 'hands files, folders and zips to the running department; counts received, duplicate, quarantined with reasons',
};

export const run = async (args: string[], io: CommandIo): Promise<ExitCode> => {
  if (args.length === 0 || args.some((path) => path.startsWith('-')))
    throw new AppError('COMMAND_USE_WRONG', { reason: 'one or more files or folders' });
  const files = await filesBelow(args);
  const server = await findRunningServer(io.environment);
  const report = await uploadFiles(server, files);
  print(report, io);
  io.json(report);
  // What was set aside is told, and is no failure of the command; what did not arrive is.
  return report.failed.length === 0 ? 0 : 1;
};

const print = (report: ImportReport, io: CommandIo): void => {
  io.line(
    `files ${report.files}, received ${report.received}, duplicate ${report.duplicate}, conflict ${report.conflict}, quarantined ${report.quarantined.length}`,
  );
  for (const { file, reason } of report.quarantined) io.line(`quarantined  ${file}: ${reason}`);
  for (const { file, reason } of report.failed) io.line(`not received  ${file}: ${reason}`);
};
