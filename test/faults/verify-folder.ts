import { repositoryRoot } from '../testkit/src/repository.ts';
import { runToEnd } from '../testkit/src/programs.ts';

export interface StoreReport {
  isClean: boolean;
  objects: number;
  waiting: number;
  findings: { objectId: string; reason: string }[];
}

/** What `jiapian verify` says of a data folder. */
export const verifyFolder = async (
  dataFolder: string,
  variables: Record<string, string> = {},
): Promise<StoreReport> => {
  const { output } = await runToEnd(process.execPath, ['apps/server/src/cli/cli.ts', 'verify', '--json'], {
    cwd: repositoryRoot,
    env: { JIAPIAN_DATA: dataFolder, JIAPIAN_TEST_POSTGRES: undefined, JIAPIAN_SAMPLES: undefined, ...variables },
  });
  // What goes to stderr is the log.
  const report = output.split('\n').find((line) => line.includes('"isClean"'));
  if (report === undefined) throw new Error(`verify said: ${output}`);
  return JSON.parse(report) as StoreReport;
};
