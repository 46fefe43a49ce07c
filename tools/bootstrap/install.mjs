import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { leastMajor } from './find-node.mjs';
import { Stop, say } from './stop.mjs';

/**
 * Installs when node_modules is missing or is not what the lock file says. npm leaves the list of what it installed in
 * `node_modules/.package-lock.json` as its last act, so an interrupted installation is seen as such.
 * @param {string} root
 * @param {'production' | 'full'} mode a full installation also serves `production`
 */
export async function ensureInstalled(root, mode) {
  const wanted = readPackages(path.join(root, 'package-lock.json'));
  if (!wanted) throw new Stop('package-lock.json is missing or unreadable: restore it from the repository.');
  const present = readPackages(path.join(root, 'node_modules', '.package-lock.json'));
  if (present && isInstalled(wanted, present, mode)) return;
  // A developer's tree keeps its tools when `npm start` has to refresh it.
  const full = mode === 'full' || (present && Object.values(present).some((entry) => entry.dev));
  const started = Date.now();
  say(`${present ? 'the lock file changed: installing again' : 'first run: installing dependencies'} …`);
  await npmCi(root, full ? [] : ['--omit=dev'], await nodeForNpm(root, wanted));
  const installed = readPackages(path.join(root, 'node_modules', '.package-lock.json'));
  if (!installed || !isInstalled(wanted, installed, mode)) throw new Stop(unfinished);
  say(`dependencies installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

/** Whether every package that the mode needs is present in the locked version. Optional ones may be of another platform. */
export function isInstalled(wanted, present, mode) {
  return Object.entries(wanted).every(([place, entry]) => {
    if (!place.startsWith('node_modules/') && !place.includes('/node_modules/')) return true;
    if (entry.optional || entry.devOptional || entry.peer) return true;
    if (entry.dev && mode === 'production') return true;
    return present[place] !== undefined && present[place].version === entry.version;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * npm leaves out optional packages, native parts among them, that its own Node is too old for. So it runs on the pinned
 * Node, which on an old machine is installed alone first; the folder of the tree's own is what `npm ci` removes.
 */
async function nodeForNpm(root, wanted) {
  const running = process.env.npm_node_execpath ?? process.execPath;
  if (majorOf(running) >= leastMajor) return running;
  const name = `node-${process.platform}-${process.arch}`;
  const place = `node_modules/${name}`;
  const entry = wanted[place];
  if (entry === undefined) return running;
  const folder = path.join(root, '.tmp', 'node');
  const needs = { private: true, dependencies: { [name]: entry.version } };
  const packages = { '': needs, [place]: { ...entry, optional: false } };
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(needs));
  fs.writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages }));
  await npmCi(folder, [], running);
  const node = path.join(folder, place, 'bin', 'node');
  if (!fs.existsSync(node)) throw new Stop(unfinished);
  return node;
}

function majorOf(node) {
  if (node === process.execPath) return Number(process.versions.node.split('.')[0]);
  // `npm start` may itself run on node_modules/.bin/node, which `npm ci` removes; npm tells what it runs on.
  return Number(/node\/v(\d+)/.exec(process.env.npm_config_user_agent ?? '')?.[1] ?? 0);
}

/** Some releases of npm end with exit code 0 ("Exit handler never called!") when the registry cannot be reached. */
const unfinished =
  'npm ended without an error, and not every package is there; its own words are above. Most often the registry was not ' +
  'reached (network, proxy, a certificate that NODE_EXTRA_CA_CERTS has to name): try `npm ping`, then run the same command again.';

/**
 * Runs `npm ci` in a folder, on the given Node.
 * @param {string} folder
 * @param {readonly string[]} options
 * @param {string} node
 */
async function npmCi(folder, options, node) {
  const npmScript = process.env.npm_execpath;
  const viaScript = npmScript !== undefined && /npm-cli\.c?js$/.test(npmScript);
  const args = [...(viaScript ? [npmScript] : []), 'ci', ...options, '--no-audit', '--no-fund', '--loglevel=error'];
  const env = { ...process.env, PATH: path.dirname(node) + path.delimiter + (process.env.PATH ?? '') };
  const code = await new Promise((resolve, reject) => {
    const child = spawn(viaScript ? node : 'npm', args, {
      cwd: folder,
      env,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    });
    child.on('error', (error) => reject(new Stop(npmMissing(error))));
    child.on('close', resolve);
  });
  if (code === 0) return;
  throw new Stop(
    `npm ci failed with exit code ${code}; npm's own words are above. ` +
      'If they speak of the network (ENOTFOUND, ETIMEDOUT, ECONNREFUSED): this first run needs the npm registry, or a ' +
      'mirror set by `npm config set registry <address>`, or a copy of node_modules from a machine of the same kind. ' +
      'If they speak of space or rights (ENOSPC, EACCES): make room, or own the folder. Then run the same command again.',
  );
}

function npmMissing(error) {
  return `npm could not be started (${error.code ?? error.message}). It comes with Node: install Node from https://nodejs.org and run the same command again.`;
}
