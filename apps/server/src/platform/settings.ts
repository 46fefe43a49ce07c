import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '@jiapian/kernel';
import { readTlsMaterial, type TlsMaterial } from './tls-material.ts';

export const roles = ['web', 'dicom', 'worker'] as const;
export type Role = (typeof roles)[number];

export interface Endpoint {
  host: string;
  port: number;
}

export interface Settings {
  dataFolder: string;
  http: Endpoint;
  dicom: Endpoint;
  aeTitle: string;
  /** Where HL7 v2 messages are taken (MLLP); null: nowhere. */
  hl7: Endpoint | null;
  /** A second DICOM port that speaks TLS; null: none. */
  dicomTls: Endpoint | null;
  /** Our certificate and whom we trust, for DICOM and for STOW destinations. */
  tls: TlsMaterial | null;
  /** External PostgreSQL; null means the embedded one. */
  databaseUrl: string | null;
  roles: ReadonlySet<Role>;
  adminPassword: string | null;
}

export interface SettingIssue {
  setting: string;
  message: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const defaults = {
  JIAPIAN_DATA: './data',
  JIAPIAN_HTTP: '127.0.0.1:8080',
  JIAPIAN_DICOM: '127.0.0.1:11112',
  JIAPIAN_AE_TITLE: 'JIAPIAN',
  JIAPIAN_HL7: '',
  JIAPIAN_DICOM_TLS: '',
  JIAPIAN_TLS_CERTIFICATE: '',
  JIAPIAN_TLS_KEY: '',
  JIAPIAN_TLS_CA: '',
  JIAPIAN_DATABASE_URL: '',
  JIAPIAN_ROLES: roles.join(','),
  JIAPIAN_ADMIN_PASSWORD: '',
};
type SettingName = keyof typeof defaults;

/** Variables that only tests and tools read; the product neither needs nor refuses them. */
const foreignNames = new Set(['JIAPIAN_CONFIG', 'JIAPIAN_SAMPLES', 'JIAPIAN_BROWSER']);

/** The settings of the environment (first) and the configuration file, or one error that lists every issue. */
export const readSettings = (environment: Environment): Settings => {
  const issues: SettingIssue[] = [];
  const report = (setting: string, message: string): void => {
    issues.push({ setting, message });
  };
  const fromFile = readConfigFile(environment['JIAPIAN_CONFIG'], report);
  refuseUnknown(environment, fromFile, report);
  const text = (name: SettingName): string => (environment[name] || fromFile[name] || defaults[name]).trim();

  const settings: Settings = {
    dataFolder: resolve(text('JIAPIAN_DATA')),
    http: parseEndpoint('JIAPIAN_HTTP', text('JIAPIAN_HTTP'), report),
    dicom: parseEndpoint('JIAPIAN_DICOM', text('JIAPIAN_DICOM'), report),
    aeTitle: parseAeTitle(text('JIAPIAN_AE_TITLE'), report),
    hl7: optionalEndpoint('JIAPIAN_HL7', text('JIAPIAN_HL7'), report),
    dicomTls: optionalEndpoint('JIAPIAN_DICOM_TLS', text('JIAPIAN_DICOM_TLS'), report),
    tls: readTlsMaterial(text, report),
    databaseUrl: parseDatabaseUrl(text('JIAPIAN_DATABASE_URL'), report),
    roles: parseRoles(text('JIAPIAN_ROLES'), report),
    adminPassword: text('JIAPIAN_ADMIN_PASSWORD') || null,
  };
  if (issues.length > 0) throw new AppError('CONFIG_INVALID', { issues });
  return settings;
};

/** The one message a person sees: a line per issue. */
export const describeSettingIssues = (issues: readonly SettingIssue[]): string =>
  ['Settings are wrong; nothing was started:', ...issues.map((issue) => `  ${issue.setting}: ${issue.message}`)].join(
    '\n',
  );

type Report = (setting: string, message: string) => void;

const readConfigFile = (path: string | undefined, report: Report): Partial<Record<SettingName, string>> => {
  if (!path) return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    report('JIAPIAN_CONFIG', isMissing ? 'the file does not exist' : 'the file cannot be read as JSON');
    return {};
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    report('JIAPIAN_CONFIG', 'the file must hold one JSON object');
    return {};
  }
  const values: Partial<Record<string, string>> = {};
  for (const [name, value] of Object.entries(parsed)) {
    if (Array.isArray(value) && value.every((part) => typeof part === 'string')) values[name] = value.join(',');
    else if (typeof value === 'string') values[name] = value;
    else report(name, 'must be a string in the configuration file');
  }
  return values;
};

const refuseUnknown = (environment: Environment, fromFile: object, report: Report): void => {
  const known = Object.keys(defaults).join(', ');
  for (const name of Object.keys(environment).sort()) {
    if (name.startsWith('JIAPIAN_') && !(name in defaults) && !foreignNames.has(name))
      report(name, `unknown setting; known are ${known}`);
  }
  for (const name of Object.keys(fromFile).sort())
    if (!(name in defaults)) report(name, `unknown setting in the configuration file; known are ${known}`);
};

const optionalEndpoint = (setting: string, text: string, report: Report): Endpoint | null =>
  text === '' ? null : parseEndpoint(setting, text, report);

const maxPort = 65_535;

const parseEndpoint = (setting: string, text: string, report: Report): Endpoint => {
  const match = /^(\[[0-9a-fA-F:.]+\]|[^\s:[\]]+):(\d{1,5})$/.exec(text);
  const port = Number(match?.[2]);
  if (!match || port > maxPort) {
    report(setting, `must be host:port with a port of 0 to ${maxPort}, for example 127.0.0.1:8080; got "${text}"`);
    return { host: '', port: 0 };
  }
  return { host: (match[1] ?? '').replace(/^\[|\]$/g, ''), port };
};

/** PS3.5 table 6.2-1, VR AE: at most 16 characters of the default repertoire, no backslash, not all spaces. */
const parseAeTitle = (text: string, report: Report): string => {
  if (!/^[\x20-\x5b\x5d-\x7e]{1,16}$/.test(text))
    report('JIAPIAN_AE_TITLE', `must be 1 to 16 printable ASCII characters without backslash; got "${text}"`);
  return text;
};

const parseDatabaseUrl = (text: string, report: Report): string | null => {
  if (text === '') return null;
  const isUrl = URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol);
  // The value may hold a password, so it is never repeated in the message.
  if (!isUrl) report('JIAPIAN_DATABASE_URL', 'must be a URL like postgresql://user:password@host:5432/jiapian');
  return text;
};

const parseRoles = (text: string, report: Report): ReadonlySet<Role> => {
  const named = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const unknown = named.filter((part) => !(roles as readonly string[]).includes(part));
  if (unknown.length > 0 || named.length === 0)
    report('JIAPIAN_ROLES', `must be a comma list of ${roles.join(', ')}; got "${text}"`);
  return new Set(named as Role[]);
};
