import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { serviceClasses } from '@jiapian/dicom/network';
import { expect, it } from 'vitest';
import { repositoryRoot } from '../../../../test/testkit/src/repository.ts';

/** Where a class of the table is named in the code: the clients' files, without tests. */
const namesIn = (folder: string): string[] =>
  readdirSync(path.join(repositoryRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap((name) => {
      const text = readFileSync(path.join(repositoryRoot, folder, name), 'utf8');
      return [...text.matchAll(/serviceClasses\.(\w+)/g)].map(([, used]) => used ?? '');
    });

it('every class that the conformance statement calls SCU or SCP is used by the code, and none is used that it leaves out', () => {
  const used = new Set(namesIn('apps/server/src'));
  // Verification is named by the association itself, which answers it.
  const stated = Object.keys(serviceClasses).filter((name) => name !== 'verification');
  expect([...used].filter((name) => name !== 'verification').sort()).toEqual(stated.sort());
});

it('no file of the server writes the UID of a service class by itself', () => {
  const uids = Object.values(serviceClasses).map(({ uid }) => uid);
  const folder = path.join(repositoryRoot, 'apps/server/src');
  const offenders = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('.test.') && !name.includes('.fixture.'))
    .filter((name) => uids.some((uid) => readFileSync(path.join(folder, name), 'utf8').includes(`'${uid}'`)));
  expect(offenders).toEqual([]);
});
