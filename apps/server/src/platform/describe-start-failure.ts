import { AppError } from '@jiapian/kernel';
import { describeSettingIssues, type SettingIssue } from './settings.ts';

/** What a person at the console reads when the start is refused: what happened and what to do. */
export const describeStartFailure = (error: unknown): string => {
  if (isPortTaken(error))
    return `Cannot listen on ${error.address}:${error.port}: ${error.code}. Stop the other program or set JIAPIAN_HTTP to a free address.`;
  if (!(error instanceof AppError)) return 'The start failed because of a defect; the log line above says where.';
  const facts = Object.fromEntries(Object.entries(error.facts).map(([name, value]) => [name, String(value)]));
  switch (error.code) {
    case 'CONFIG_INVALID':
      return describeSettingIssues(error.facts['issues'] as SettingIssue[]);
    case 'DATA_FOLDER_HELD':
      return [
        `The data folder is in use: role ${facts['role']} runs as process ${facts['pid']} on ${facts['host']}`,
        `since ${facts['startedAt']}${facts['address'] ? ` (${facts['address']})` : ''}.`,
        'Stop that process first, or set JIAPIAN_DATA to another folder.',
      ].join(' ');
    case 'DATABASE_SCHEMA_UNKNOWN':
      return `The database does not fit this program (${describe(facts)}). Nothing was changed. Install the newer version, or restore the backup made before it.`;
    case 'DATABASE_UNAVAILABLE':
      return `The database cannot be reached (${describe(facts)}). Check JIAPIAN_DATABASE_URL, or postgres/server.log in the data folder.`;
    case 'DIMSE_LISTEN_FAILED':
      return `Cannot listen for DICOM on ${facts['host']}:${facts['port']}: ${facts['code']}. Stop the other program or set JIAPIAN_DICOM to a free address.`;
    case 'BACKUP_UNREADABLE':
      return `The backup cannot be read (${describe(facts)}). Nothing of it is in use.`;
    case 'BACKUP_TARGET_NOT_EMPTY':
      return 'A backup is restored into an empty installation only. Set JIAPIAN_DATA to a new folder, and JIAPIAN_DATABASE_URL, if set, to an empty database.';
    case 'SERVER_NOT_RUNNING':
      return 'No server of this data folder answers. Start it first (npm start), with the same JIAPIAN_DATA and JIAPIAN_HTTP.';
    default:
      return `It failed: ${error.code} (${describe(facts)}).`;
  }
};

const isPortTaken = (error: unknown): error is NodeJS.ErrnoException & { address: string; port: number } =>
  error instanceof Error && 'syscall' in error && error.syscall === 'listen' && 'port' in error;

const describe = (facts: Readonly<Record<string, string>>): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
