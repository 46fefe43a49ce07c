/** 0 success · 1 a finding that the command was asked to report as failure · 2 bad use. */
export type ExitCode = 0 | 1 | 2;

/** Where a command writes. With `--json` stdout carries one document and nothing else. */
export interface CommandIo {
  isJson: boolean;
  /** A line for people; silent with `--json`. */
  line(text: string): void;
  /** The document of `--json`; silent without it. */
  json(document: unknown): void;
  /** A piece of a document too long to be held at once; silent without `--json`. */
  jsonPart(text: string): void;
  /** A line on stderr, with or without `--json`. */
  note(text: string): void;
  environment: Readonly<Record<string, string | undefined>>;
}

/** One command; a file `cli/<name>.ts` exports these as its names. */
export interface Command {
  name: string;
  /** The words after the name in the help. */
  usage: string;
  summary: Readonly<Record<'zh-CN' | 'en', string>>;
  run(args: string[], io: CommandIo): Promise<ExitCode>;
}
