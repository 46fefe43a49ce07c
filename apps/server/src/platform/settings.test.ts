import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppError } from '@jiapian/kernel';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeSettingIssues, readSettings, type SettingIssue } from './settings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiapian-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const configFile = (content: string): string => {
  const path = join(folder, 'jiapian.json');
  writeFileSync(path, content);
  return path;
};

const issuesOf = (environment: Record<string, string>): SettingIssue[] => {
  try {
    readSettings(environment);
  } catch (error) {
    if (error instanceof AppError && error.code === 'CONFIG_INVALID') return error.facts['issues'] as SettingIssue[];
    throw error;
  }
  return [];
};
const namesOf = (environment: Record<string, string>): string[] => issuesOf(environment).map(({ setting }) => setting);

describe('settings', () => {
  it('have the documented defaults', () => {
    expect(readSettings({})).toEqual({
      dataFolder: resolve('./data'),
      http: { host: '127.0.0.1', port: 8080 },
      dicom: { host: '127.0.0.1', port: 11112 },
      aeTitle: 'JIAPIAN',
      hl7: null,
      dicomTls: null,
      tls: null,
      databaseUrl: null,
      roles: new Set(['web', 'dicom', 'worker']),
      adminPassword: null,
    });
  });

  it('are read from the environment before the file', () => {
    const path = configFile('{ "JIAPIAN_AE_TITLE": "FILE", "JIAPIAN_ROLES": ["web", "worker"] }');
    const settings = readSettings({ JIAPIAN_CONFIG: path, JIAPIAN_AE_TITLE: 'ENV', JIAPIAN_HTTP: '[::1]:0' });
    expect(settings).toMatchObject({
      aeTitle: 'ENV',
      roles: new Set(['web', 'worker']),
      http: { host: '::1', port: 0 },
    });
  });

  it('that are wrong are all named in one error', () => {
    const names = namesOf({
      JIAPIAN_HTTP: '8080',
      JIAPIAN_DICOM: 'host:65536',
      JIAPIAN_AE_TITLE: 'SEVENTEEN_LETTERS',
      JIAPIAN_DATABASE_URL: 'mysql://x',
      JIAPIAN_ROLES: 'web,printer',
      JIAPIAN_PORT: '1',
      JIAPIAN_CONFIG: configFile('{ "JIAPIAN_HOST": "x", "JIAPIAN_DATA": 3 }'),
      PATH: '/bin',
    });
    expect(names.sort()).toEqual([
      'JIAPIAN_AE_TITLE',
      'JIAPIAN_DATA',
      'JIAPIAN_DATABASE_URL',
      'JIAPIAN_DICOM',
      'JIAPIAN_HOST',
      'JIAPIAN_HTTP',
      'JIAPIAN_PORT',
      'JIAPIAN_ROLES',
    ]);
  });

  it.each([
    ['ABCDEFGHIJKLMNOP', true],
    ['ABCDEFGHIJKLMNOPQ', false],
    ['A\\B', false],
    ['片', false],
  ])('take %s as an AE title: %s', (title, isValid) => {
    expect(namesOf({ JIAPIAN_AE_TITLE: title })).toEqual(isValid ? [] : ['JIAPIAN_AE_TITLE']);
  });

  it.each(['{', '[]', '"x"'])('refuse the configuration file %s', (content) => {
    expect(namesOf({ JIAPIAN_CONFIG: configFile(content) })).toEqual(['JIAPIAN_CONFIG']);
  });

  it('refuse a configuration file that is not there', () => {
    expect(namesOf({ JIAPIAN_CONFIG: join(folder, 'none.json') })).toEqual(['JIAPIAN_CONFIG']);
  });

  it('never repeat a database password', () => {
    const message = describeSettingIssues(issuesOf({ JIAPIAN_DATABASE_URL: 'mysql://u:swordfish@h/d' }));
    expect(message).toContain('JIAPIAN_DATABASE_URL');
    expect(message).not.toContain('swordfish');
  });
});
