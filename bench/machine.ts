import os from 'node:os';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly node: string;
  readonly system: string;
}

/** What a figure needs beside it to mean anything. */
export function describeMachine(): Machine {
  return {
    processor: os.cpus()[0]?.model.trim() ?? 'unknown processor',
    cores: os.availableParallelism(),
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    node: process.versions.node,
    system: `${os.type()} ${os.release()}`,
  };
}
