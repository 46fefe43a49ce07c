import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttps, type Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VERIFICATION_SOP_CLASS } from '@jiapian/dicom/network';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { echoscu, startStorescp, type Storescp } from '../../../../test/testkit/src/dcmtk.ts';
import { findProgram, runToEnd } from '../../../../test/testkit/src/programs.ts';
import { DimseClient } from './dimse-client.ts';
import { startDimseServer, type DimseServer } from './dimse-server.ts';
import { silentLog } from './log.ts';
import { readSettings } from './settings.ts';
import { trustAuthority, type TlsMaterial } from './tls-material.ts';

const folder = mkdtempSync(join(tmpdir(), 'jiapian-tls-'));
const file = (name: string): string => join(folder, name);
const openssl = async (...args: string[]): Promise<void> => {
  const { exitCode, output } = await runToEnd(findProgram('openssl', 'openssl'), args, { cwd: folder });
  if (exitCode !== 0) throw new Error(output);
};

let ours: TlsMaterial;
let open: DimseServer;
let mutual: DimseServer;
let peer: Storescp;
let web: HttpsServer;

const services = {
  admit: async () => ({ isAdmitted: true }) as const,
  beginStore: () => ({ write: () => true, complete: async () => undefined, discard: async () => undefined }),
};

beforeAll(async () => {
  // An authority of the hospital, and a certificate that names neither an address nor a host.
  await openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=Hospital',
    '-days',
    '2',
  );
  await openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'own.key',
    '-out',
    'own.csr',
    '-subj',
    '/CN=jiapian',
    '-addext',
    'subjectAltName=DNS:localhost',
  );
  await openssl(
    'x509',
    '-req',
    '-in',
    'own.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-out',
    'own.pem',
    '-days',
    '2',
    '-copy_extensions',
    'copy',
  );
  await openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'other.key',
    '-out',
    'other.pem',
    '-subj',
    '/CN=Stranger',
    '-days',
    '2',
  );
  const pem = (name: string): string => readFileSync(file(name), 'utf8');
  ours = { certificate: pem('own.pem'), key: pem('own.key'), ca: pem('ca.pem') };
  const at = { host: '127.0.0.1', port: 0, services, log: silentLog };
  open = await startDimseServer({ ...at, tls: { ...ours, ca: null } });
  mutual = await startDimseServer({ ...at, tls: ours });
  peer = await startStorescp(['+tls', file('own.key'), file('own.pem'), '+cf', file('ca.pem'), '-rc'], 'SECURE');
  web = createHttps({ cert: pem('own.pem'), key: pem('own.key') }, (_, response) => response.end('there'));
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
}, 60_000);
afterAll(async () => {
  web.close();
  await peer.stop();
  await open.close();
  await mutual.close();
  rmSync(folder, { recursive: true });
});

const echo = async (address: { host: string; port: number }, tls: TlsMaterial | undefined): Promise<string> => {
  const titles = { calledAeTitle: 'SECURE', callingAeTitle: 'JIAPIAN' };
  const proposal = { abstractSyntax: VERIFICATION_SOP_CLASS, transferSyntax: '1.2.840.10008.1.2' };
  try {
    const client = await DimseClient.associate(
      { ...address, ...titles, ...(tls === undefined ? {} : { tls }) },
      [proposal],
      {
        connectMs: 3000,
        answerMs: 3000,
      },
    );
    const { kind } = await client.echo();
    await client.release();
    return kind;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the TLS port', () => {
  it('answers echoscu that trusts our authority', async () => {
    const { exitCode, output } = await echoscu({ port: open.address.port }, ['+tla', '+cf', file('ca.pem')]);
    expect([exitCode, output]).toEqual([0, '']);
  });

  it('is not trusted by a caller that trusts another authority', async () => {
    const { exitCode } = await echoscu({ port: open.address.port }, ['+tla', '+cf', file('other.pem')]);
    expect(exitCode).not.toBe(0);
  });

  it('asks for a certificate when an authority is named, and refuses a stranger', async () => {
    const shown = (name: string) => ['+tls', file(`${name}.key`), file(`${name}.pem`), '+cf', file('ca.pem')];
    expect((await echoscu({ port: mutual.address.port }, shown('own'))).exitCode).toBe(0);
    expect((await echoscu({ port: mutual.address.port }, shown('other'))).exitCode).not.toBe(0);
    expect((await echoscu({ port: mutual.address.port }, ['+tla', '+cf', file('ca.pem')])).exitCode).not.toBe(0);
  });

  it('refuses a caller without TLS and goes on', async () => {
    expect((await echoscu({ port: open.address.port })).exitCode).not.toBe(0);
    expect(await echo(open.address, ours)).toBe('success');
  });
});

describe('a peer that speaks TLS', () => {
  it('is reached with our certificate, and its own must be of our authority', async () => {
    const address = { host: '127.0.0.1', port: peer.port };
    expect(await echo(address, ours)).toBe('success');
    expect(await echo(address, { ...ours, ca: readFileSync(file('other.pem'), 'utf8') })).toBe('DIMSE_UNREACHABLE');
  });

  it('is not reached without TLS', async () => {
    expect(await echo({ host: '127.0.0.1', port: open.address.port }, undefined)).toMatch(
      /^DIMSE_(ABORTED|TIMED_OUT)$/,
    );
  });

  it('is a STOW destination under an authority of the hospital, once that is trusted', async () => {
    const url = `https://localhost:${(web.address() as AddressInfo).port}/`;
    await expect(fetch(url)).rejects.toThrow();
    trustAuthority(ours);
    expect(await (await fetch(url)).text()).toBe('there');
  });
});

describe('the settings', () => {
  const issuesOf = (environment: Record<string, string>): string[] => {
    try {
      readSettings(environment);
    } catch (error) {
      return (error as { facts: { issues: { setting: string }[] } }).facts.issues.map(({ setting }) => setting);
    }
    return [];
  };

  it('take certificate, key and authority from files', () => {
    const settings = readSettings({
      JIAPIAN_DICOM_TLS: '127.0.0.1:2762',
      JIAPIAN_TLS_CERTIFICATE: file('own.pem'),
      JIAPIAN_TLS_KEY: file('own.key'),
      JIAPIAN_TLS_CA: file('ca.pem'),
    });
    expect(settings).toMatchObject({ dicomTls: { host: '127.0.0.1', port: 2762 }, tls: ours });
  });

  it('refuse a port without a certificate, half a pair, and files that are none', () => {
    expect(issuesOf({ JIAPIAN_DICOM_TLS: '127.0.0.1:2762' })).toEqual(['JIAPIAN_DICOM_TLS']);
    expect(issuesOf({ JIAPIAN_TLS_CERTIFICATE: file('own.pem') })).toEqual(['JIAPIAN_TLS_KEY']);
    expect(issuesOf({ JIAPIAN_TLS_CA: file('none.pem') })).toEqual(['JIAPIAN_TLS_CA']);
    expect(issuesOf({ JIAPIAN_TLS_CA: file('own.csr'), JIAPIAN_HL7: 'x' })).toEqual(['JIAPIAN_HL7']);
  });
});
