import { parseArgs } from 'node:util';
import { AppError } from '@jiapian/kernel';
import type { Finding } from '@jiapian/rules';
import { createMeasurePool } from '../analysis/index.ts';
import { localeOf } from './command-locale.ts';
import type { CommandIo, ExitCode } from './command.ts';
import { inspectEntry, type InspectEntry } from './inspect-entry.ts';
import { filesToInspect } from './inspect-files.ts';
import { inOrder } from './inspect-lanes.ts';
import { linesOf } from './inspect-words.ts';

export const name = 'inspect';
export const usage = 'FILE… [--headers] [--fail-on info|notice|warning]';
export const summary = {
  'zh-CN':
    '不需要服务器和数据库:列出每个 DICOM 文件或剂量报告的头信息、标注检查、曝光与剂量、测量值和提示(文件、文件夹、ZIP)',
  en: 'without a server or database: header facts, annotation check, exposure and dose, every measurement and hint of each file (files, folders, ZIPs)',
};

/** Files on the way at once: one being read, two being measured, one waiting. */
const filesAtOnce = 4;
const threads = 2;
const severities: readonly Finding['severity'][] = ['info', 'notice', 'warning'];

export const run = async (args: string[], io: CommandIo): Promise<ExitCode> => {
  const { paths, headersOnly, failOn } = readRequest(args);
  const pool = headersOnly ? null : createMeasurePool({ workers: threads });
  const locale = localeOf(io.environment);
  let count = 0;
  let failures = 0;
  const use = (entry: InspectEntry): void => {
    io.jsonPart(`${count === 0 ? '' : ','}\n${JSON.stringify(entry)}`);
    if (!io.isJson) for (const line of linesOf(entry, locale)) io.line(line);
    count += 1;
    if (entry.error !== undefined || entry.findings.some(({ severity }) => failOn.includes(severity))) failures += 1;
  };
  try {
    io.jsonPart('{"files":[');
    await inOrder(filesToInspect(paths), filesAtOnce, (file) => inspectEntry(file, pool), use);
    io.jsonPart('\n]}\n');
  } finally {
    await pool?.close();
  }
  return failures === 0 ? 0 : 1;
};

const readRequest = (args: string[]) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { headers: { type: 'boolean' }, 'fail-on': { type: 'string' } },
  });
  if (positionals.length === 0) throw badUse('one or more files or folders');
  const failOn = values['fail-on'];
  const from = failOn === undefined ? severities.length : severities.findIndex((severity) => severity === failOn);
  if (from < 0) throw badUse(`--fail-on is one of ${severities.join(', ')}`);
  return { paths: positionals, headersOnly: values.headers === true, failOn: severities.slice(from) };
};

const badUse = (reason: string): AppError => new AppError('COMMAND_USE_WRONG', { reason });
