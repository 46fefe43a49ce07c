import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const manifest = join(import.meta.dirname, '..', '..', '..', '..', 'package.json');

/** The version of this installation; stored beside every result that it computes. */
export const softwareVersion: string = (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
