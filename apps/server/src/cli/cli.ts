import { AppError } from '@jiapian/kernel';
import { describeStartFailure } from '../platform/describe-start-failure.ts';
import { softwareVersion } from '../platform/software-version.ts';
import type { Command, CommandIo, ExitCode } from './command.ts';
import { type CommandLocale, localeOf } from './command-locale.ts';
import { commands } from './commands.ts';

interface Streams {
  out: { write(text: string): unknown };
  err: { write(text: string): unknown };
  environment: Readonly<Record<string, string | undefined>>;
}

/** Runs one command line and answers its exit code. */
export const runCommandLine = async (given: readonly string[], streams: Streams): Promise<ExitCode> => {
  const isJson = given.includes('--json');
  const [name, ...args] = given.filter((arg) => arg !== '--json');
  const locale = localeOf(streams.environment);
  const io: CommandIo = {
    isJson,
    line: (text) => void (isJson || streams.out.write(`${text}\n`)),
    json: (document) => void (isJson && streams.out.write(`${JSON.stringify(document)}\n`)),
    jsonPart: (text) => void (isJson && streams.out.write(text)),
    note: (text) => void streams.err.write(`${text}\n`),
    environment: streams.environment,
  };
  if (name === '--version') {
    io.line(softwareVersion);
    io.json({ version: softwareVersion });
    return 0;
  }
  const command = commands.find((one) => one.name === name);
  if (name === undefined || name === 'help' || name === '--help') {
    printHelp(io, locale);
    return name === undefined ? 2 : 0;
  }
  if (!command) return refuse(io, 'COMMAND_USE_WRONG', `${text.unknown[locale]} ${name}\n\n${helpOf(locale)}`);
  if (args.includes('--help')) {
    io.line(`jiapian ${command.name} ${command.usage}\n\n  ${command.summary[locale]}`);
    io.json({ name: command.name, usage: command.usage, summary: command.summary });
    return 0;
  }
  return runCommand(command, args, io);
};

const runCommand = async (command: Command, args: string[], io: CommandIo): Promise<ExitCode> => {
  try {
    return await command.run(args, io);
  } catch (error) {
    const isBadUse =
      (error instanceof AppError && error.code === 'COMMAND_USE_WRONG') ||
      (error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS'));
    if (isBadUse) {
      const reason = error instanceof AppError ? String(error.facts['reason']) : (error as Error).message;
      return refuse(io, 'COMMAND_USE_WRONG', `${reason}\njiapian ${command.name} ${command.usage}`);
    }
    if (!(error instanceof AppError)) throw error;
    io.json({ error: { code: error.code, message: describeStartFailure(error) } });
    io.note(describeStartFailure(error));
    return error.code === 'CONFIG_INVALID' ? 2 : 1;
  }
};

const refuse = (io: CommandIo, code: string, message: string): ExitCode => {
  io.json({ error: { code, message } });
  io.note(message);
  return 2;
};

const text = {
  use: { 'zh-CN': '用法：jiapian <命令> [--json]', en: 'Use: jiapian <command> [--json]' },
  unknown: { 'zh-CN': '没有这个命令：', en: 'No such command:' },
};

const printHelp = (io: CommandIo, locale: CommandLocale): void => {
  io.line(helpOf(locale));
  io.json({ commands: commands.map(({ name, usage, summary }) => ({ name, usage, summary })) });
};

const helpOf = (locale: CommandLocale): string => {
  const heads = commands.map(({ name, usage }) => `${name} ${usage}`.trim());
  const rows = commands.map(({ summary }, at) => `  ${heads[at]}\n      ${summary[locale]}`);
  return [text.use[locale], '', ...rows].join('\n');
};

if (import.meta.main) {
  // `… | head` closes the pipe: whoever reads has enough, which is no failure of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
  process.exitCode = await runCommandLine(process.argv.slice(2), {
    out: process.stdout,
    err: process.stderr,
    environment: process.env,
  });
}
