import { parseArgs } from 'node:util';
import { AppError } from '@jiapian/kernel';
import { analysePhantom, phantomKinds, type PhantomKind } from '@jiapian/rules';
import { localeOf } from './command-locale.ts';
import type { CommandIo, ExitCode } from './command.ts';
import { readPhantomImages } from './phantom-images.ts';
import { refusalWords, reportLines, skippedLine } from './phantom-words.ts';

export const name = 'phantom';
export const usage = `FILE… [--kind auto|${phantomKinds.join('|')}]`;
export const summary = {
  'zh-CN': '体模分析(文件、文件夹、ZIP);--kind auto 自动识别体模并给出把握',
  en: 'phantom analysis of files, folders and ZIPs; --kind auto recognises the phantom, with a confidence',
};

export const run = async (args: string[], io: CommandIo): Promise<ExitCode> => {
  const { paths, kind } = readRequest(args);
  const locale = localeOf(io.environment);
  const { images, problems } = await readPhantomImages(paths);
  for (const { file, reason } of problems) io.note(skippedLine(file, reason, locale));
  const report = analysePhantom(images, kind);
  if ('refused' in report) {
    const message = refusalWords[report.refused][locale];
    io.json({ error: { code: 'PHANTOM_REFUSED', reason: report.refused, message } });
    io.note(message);
    return 1;
  }
  io.json(report);
  for (const line of reportLines(report, locale)) io.line(line);
  return 0;
};

const readRequest = (args: string[]): { paths: string[]; kind: PhantomKind | 'auto' } => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { kind: { type: 'string', default: 'auto' } },
  });
  if (positionals.length === 0) throw badUse('one or more files or folders');
  const kind = [...phantomKinds, 'auto' as const].find((each) => each === values.kind);
  if (kind === undefined) throw badUse(`--kind is auto or one of ${phantomKinds.join(', ')}`);
  return { paths: positionals, kind };
};

const badUse = (reason: string): AppError => new AppError('COMMAND_USE_WRONG', { reason });
