import fs from 'node:fs';
import path from 'node:path';
import { errorCatalogue } from '@jiapian/kernel';
import { type Outcome, verdictOf } from '../test/run-step.ts';
import { bareNumbers } from './bare-numbers.ts';
import { docstrings } from './docstrings.ts';
import { errorCodes } from './error-codes.ts';
import { fileNames } from './file-names.ts';
import { describeSizes, fileSizes } from './file-sizes.ts';
import { folderDepth } from './folder-depth.ts';
import { forbiddenCode } from './forbidden-code.ts';
import { localeKeys } from './locale-keys.ts';
import { machineNames } from './machine-names.ts';
import { roomLists } from './room-lists.ts';
import { readTree } from './tree.ts';

/** The habits of the house that no ready-made tool checks. */
export function runTidy(root: string): Outcome {
  const tree = readTree(root);
  const findings = [
    ...folderDepth(tree),
    ...fileNames(tree),
    ...fileSizes(tree),
    ...roomLists(tree, roomsOf(root)),
    ...errorCodes(tree, Object.keys(errorCatalogue)),
    ...localeKeys(tree),
    ...docstrings(tree),
    ...bareNumbers(tree),
    ...forbiddenCode(tree),
    ...machineNames(tree, root),
  ];
  return verdictOf(findings.length === 0, findings.join('\n'), describeSizes(tree));
}

function roomsOf(root: string): string[] {
  const table = JSON.parse(fs.readFileSync(path.join(root, 'tools/permitted-edges.json'), 'utf8')) as { edges: object };
  return Object.keys(table.edges);
}
