import { runUntilSignal } from '../main.ts';
import type { CommandIo, ExitCode } from './command.ts';
import { refuseArguments } from './refuse-arguments.ts';

export const name = 'start';
export const usage = '';
export const summary = {
  'zh-CN': '在前台启动本机的全部角色，Ctrl-C 停止',
  en: 'starts all roles in the foreground; Ctrl-C stops them',
};

export const run = async (args: string[], io: CommandIo): Promise<ExitCode> => {
  refuseArguments(args);
  return runUntilSignal(io.environment);
};
