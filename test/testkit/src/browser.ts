import fs from 'node:fs';
import path from 'node:path';
import packedChromium from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';
import { repositoryRoot, temporaryFolder } from './repository.ts';

/** What a headless Chromium needs to draw with WebGL in software, and to stay off the network. */
const flags = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A real browser: the one that `JIAPIAN_BROWSER` names, else the one that npm brought. Chinese is drawn by the web font
 * of the page itself; a browser takes no web font as a font of the system.
 */
export async function startBrowser(): Promise<Browser> {
  const named = process.env['JIAPIAN_BROWSER'];
  if (named !== undefined && named !== '') return chromium.launch({ executablePath: named, args: flags });
  const folder = await unpackedBrowser();
  const env = { ...process.env, FONTCONFIG_FILE: path.join(folder, 'fonts.conf') } as Record<string, string>;
  return chromium.launch({ executablePath: path.join(folder, 'chromium'), args: flags, env });
}

/** Unpacks the browser once for all runs and all processes that test at the same time. */
async function unpackedBrowser(): Promise<string> {
  const version = packedVersion();
  const place = path.join(repositoryRoot, '.tmp', `browser-${version}`);
  if (fs.existsSync(place)) return place;
  const folder = temporaryFolder('unpack-browser');
  await unpackInto(folder.path);
  fs.writeFileSync(path.join(folder.path, 'fonts.conf'), fontConfiguration(place));
  try {
    fs.renameSync(folder.path, place);
  } catch (error) {
    // Another test process was faster: its copy is as good.
    if (!fs.existsSync(place)) throw error;
    folder.remove();
  }
  return place;
}

/** The package unpacks into the temporary folder of the process and takes what already lies there. */
async function unpackInto(folder: string): Promise<void> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    await packedChromium.executablePath();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

/** The fonts that came with the browser beside those of the machine, which may have none. */
function fontConfiguration(place: string): string {
  const folders = [path.join(place, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts'];
  const lines = folders.map((folder) => `<dir>${folder}</dir>`);
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>${lines.join('')}<cachedir>${path.join(place, 'font-cache')}</cachedir></fontconfig>
`;
}

function packedVersion(): string {
  const file = path.join(repositoryRoot, 'node_modules/@sparticuz/chromium/package.json');
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as { version: string }).version;
}
