import type { CommandIo, ExitCode } from './command.ts';
import type { InspectEntry } from './inspect-entry.ts';
import { run } from './inspect.ts';

export interface Ran {
  code: ExitCode;
  out: string;
  files: InspectEntry[];
}

/** Runs the command with `--json` and reads its document, or without and keeps the lines. */
export const runInspect = async (args: string[], { isJson = true, LANG = 'en_US.UTF-8' } = {}): Promise<Ran> => {
  let out = '';
  const io: CommandIo = {
    isJson,
    line: (text) => void (isJson || (out += `${text}\n`)),
    json: () => undefined,
    jsonPart: (text) => void (isJson && (out += text)),
    note: () => undefined,
    environment: { LANG },
  };
  const code = await run(args, io);
  const files = isJson ? (JSON.parse(out) as { files: InspectEntry[] }).files : [];
  return { code, out, files };
};
