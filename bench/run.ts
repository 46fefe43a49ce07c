// `npm run bench`: every performance figure that is stated anywhere, measured on this machine, beside the peers that
// are installed. `npm run bench -- receive` runs the named ones only.
import fs from 'node:fs';
import path from 'node:path';
import type { Bench, BenchResult } from './bench.ts';
import { describeMachine } from './machine.ts';
import { printTable } from './print-table.ts';

const wanted = process.argv.slice(2);
const files = fs.readdirSync(import.meta.dirname).filter((name) => name.endsWith('.bench.ts'));
const benches = new Map(
  files.sort().map((file) => [file.replace('.bench.ts', ''), path.join(import.meta.dirname, file)]),
);
const unknown = wanted.filter((name) => !benches.has(name));
if (unknown.length > 0) {
  console.error(`No such bench: ${unknown.join(', ')}. There are ${[...benches.keys()].join(', ')}.`);
  process.exit(2);
}
const machine = describeMachine();
console.log(`${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, Node ${machine.node}`);
for (const [name, file] of benches) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { bench } = (await import(file)) as { bench: Bench };
  console.log(`\n# ${bench.title}\n`);
  const result = await bench.run((line) => console.error(`  ${line}`));
  for (const table of result.tables) printTable(table);
  for (const target of result.targets) {
    console.log(`${target.isMet ? 'met    ' : 'NOT MET'}  ${target.claim}: ${target.measured}`);
  }
  writeResult(name, result);
}

function writeResult(name: string, result: BenchResult): void {
  const folder = path.join(import.meta.dirname, 'results');
  fs.mkdirSync(folder, { recursive: true });
  const document = { bench: name, at: new Date().toISOString(), machine, ...result };
  fs.writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(document, null, 2)}\n`);
}
