import { ourFigure, peerFigures } from '../apps/server/src/cli/phantom-expected.fixture.ts';
import type { Bench } from './bench.ts';

/** Not a speed: our figures of the phantom samples beside those that other programs assert for the same scans. */
export const bench: Bench = {
  title: 'Phantoms: our figures beside those of pylinac and hazen',
  run: async (progress) => {
    const rows: string[][] = [];
    let outside = 0;
    let unexplained = 0;
    for (const figure of peerFigures) {
      const ours = await ourFigure(figure);
      const difference = (ours?.value ?? Number.NaN) - figure.peer;
      const isWithin = Math.abs(difference) <= figure.within + 1e-9;
      if (!isWithin) outside += 1;
      if (!isWithin && figure.explained === undefined) unexplained += 1;
      const { scan, metric, where, peer, within, explained } = figure;
      const name = where === undefined ? metric : `${metric} ${where}`;
      const verdict = isWithin ? 'within' : (explained ?? 'OUTSIDE');
      rows.push([
        scan.replace('phantom-', ''),
        name,
        shown(ours?.value),
        shown(peer),
        shown(difference),
        `${within}`,
        verdict,
      ]);
    }
    progress(`${peerFigures.length} figures`);
    return {
      tables: [
        {
          title: 'Expected values of the samples',
          columns: ['scan', 'figure', 'ours', 'peer', 'difference', 'tolerance', 'verdict'],
          rows,
        },
      ],
      targets: [
        {
          claim: 'every figure within its tolerance, or the difference explained in docs/metrics',
          measured: `${peerFigures.length - outside} of ${peerFigures.length} within, ${outside - unexplained} explained, ${unexplained} not`,
          isMet: unexplained === 0,
        },
      ],
      measurements: rows,
    };
  },
};

const shown = (value: number | undefined): string => (value === undefined ? '–' : String(Number(value.toPrecision(4))));
