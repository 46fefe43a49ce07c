import fs from 'node:fs';
import { runProgram } from './run-program.ts';
import { type Outcome, verdictOf } from './run-step.ts';

/** The other people's programs that the tests talk to: any of these files shows that the package is there. */
const needed = [
  { package: 'dcmtk', anyOf: ['/usr/bin/storescu', '/usr/local/bin/storescu'] },
  { package: 'orthanc', anyOf: ['/usr/sbin/Orthanc', '/usr/local/sbin/Orthanc'] },
  { package: 'dicom3tools', anyOf: ['/usr/bin/dciodvfy', '/usr/local/bin/dciodvfy'] },
  { package: 'poppler-utils', anyOf: ['/usr/bin/pdftotext', '/usr/local/bin/pdftotext'] },
  { package: 'openssl', anyOf: ['/usr/bin/openssl', '/usr/local/bin/openssl'] },
  { package: 'orthanc-dicomweb', anyOf: ['/usr/share/orthanc/plugins/libOrthancDicomWeb.so'] },
] as const;

/** Installs what is missing when that can be done without asking anyone; otherwise names it. */
export async function ensureSystemPackages(): Promise<Outcome> {
  const missing = missingPackages();
  if (missing.length === 0) return verdictOf(true, '');
  const byHand = `missing: ${missing.join(', ')}. Install with: apt-get install ${missing.join(' ')}`;
  if (process.getuid?.() !== 0 || !fs.existsSync('/usr/bin/apt-get')) return verdictOf(false, byHand);
  const output = await install(missing);
  const still = missingPackages();
  return verdictOf(
    still.length === 0,
    `${output}\nstill missing: ${still.join(', ')}`,
    `installed ${missing.join(', ')}`,
  );
}

function missingPackages(): string[] {
  return needed.filter((entry) => !entry.anyOf.some((file) => fs.existsSync(file))).map((entry) => entry.package);
}

async function install(packages: readonly string[]): Promise<string> {
  // RUNLEVEL=1 keeps invoke-rc.d from starting the system's Orthanc, whose ports the tests do not want taken.
  const options = { cwd: '/', env: { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' } };
  const update = await runProgram('apt-get', ['update', '-qq'], options);
  const args = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  const installed = await runProgram('apt-get', args, options);
  return `${update.output}\n${installed.output}`;
}
