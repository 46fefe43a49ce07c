import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { compressAssets } from './compress-assets.mjs';
import { Stop, say } from './stop.mjs';

/** What the pages are made of; a change in any of it makes a new build. */
const sources = [
  'apps/web/src',
  'apps/web/public',
  'apps/web/index.html',
  'apps/web/package.json',
  'apps/web/vite.config.ts',
  'packages/kernel/src',
  'packages/contract/src',
  'packages/rules/src',
  'package-lock.json',
];

/** Builds apps/web when its sources differ from those of the last complete build. */
export async function ensureWebBuilt(root, node) {
  const marker = path.join(root, 'apps/web/dist/.sources');
  const hash = hashSources(root);
  if (fs.existsSync(marker) && fs.readFileSync(marker, 'utf8') === hash) return;
  const started = Date.now();
  say('building the pages …');
  await runVite(root, node);
  compressAssets(path.join(root, 'apps/web/dist/assets'));
  fs.writeFileSync(marker, hash);
  say(`pages built in ${Math.round((Date.now() - started) / 1000)} s`);
}

/** One hash over names and contents, tests left out: they are not in the pages. */
export function hashSources(root, places = sources) {
  const hash = createHash('sha256');
  for (const file of places.flatMap((place) => filesBelow(path.join(root, place)))) {
    if (/\.test\.tsx?$/.test(file)) continue;
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(fs.readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(place) {
  const stat = fs.statSync(place, { throwIfNoEntry: false });
  if (!stat) return [];
  if (stat.isFile()) return [place];
  return fs
    .readdirSync(place)
    .sort()
    .flatMap((name) => filesBelow(path.join(place, name)));
}

async function runVite(root, node) {
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const output = [];
  const code = await new Promise((resolve, reject) => {
    const child = spawn(node, [vite, 'build', '--logLevel', 'warn'], {
      cwd: path.join(root, 'apps/web'),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code === 0) return;
  throw new Stop(
    `${Buffer.concat(output).toString()}\nThe pages could not be built (vite exit code ${code}); its words are above.`,
  );
}
