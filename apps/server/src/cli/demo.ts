import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processLog } from '../platform/log.ts';
import { readSettings, type Settings } from '../platform/settings.ts';
import { waitForEnd } from '../platform/wait-for-end.ts';
import { startServer } from '../main.ts';
import type { CommandIo, ExitCode } from './command.ts';
import { signInTo } from './demo-client.ts';
import { makeDemoDepartment } from './demo-department.ts';
import { makeDemoTables } from './demo-tables.ts';
import { startDemoPacs } from './demo-pacs.ts';
import { refuseArguments } from './refuse-arguments.ts';

export const name = 'demo';
export const usage = '';
export const summary = {
  'zh-CN': '演示：临时数据目录、示范科室和一上午的模拟检查，Ctrl-C 停止并删除',
  en: 'demo: throw-away data, a demo department and a morning of simulated exams; Ctrl-C stops and removes it',
};

/** Everybody's password in the demo; it is printed, and the data are invented. */
const DEMO_PASSWORD = 'jiapian-demo';
/** Share of the demo's films that a colleague of another shift sees. */
const DEMO_CROSS_SHARE = 0.2;
const DEMO_EXAMS = '36';
const DEMO_DEFECT_RATE = '0.35';
const DEMO_SEED = '20261124';

export const run = async (args: string[], io: CommandIo): Promise<ExitCode> => {
  refuseArguments(args);
  const folder = await mkdtemp(join(tmpdir(), 'jiapian-demo-'));
  try {
    return await runIn(folder, io);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const runIn = async (folder: string, io: CommandIo): Promise<ExitCode> => {
  const settings = readSettings({
    ...io.environment,
    JIAPIAN_DATA: folder,
    JIAPIAN_DATABASE_URL: '',
    JIAPIAN_ROLES: '',
    JIAPIAN_ADMIN_PASSWORD: DEMO_PASSWORD,
  });
  const log = processLog();
  const asked = waitForEnd(log);
  const server = await startServer(settings, log);
  const pacs = await startDemoPacs(log);
  const baseUrl = `http://${settings.http.host}:${settings.http.port}`;
  try {
    const admin = await signInTo(baseUrl, 'admin', DEMO_PASSWORD);
    const { aeTitle, host, port } = pacs;
    await makeDemoDepartment(admin, DEMO_PASSWORD, { aeTitle, host, port });
    // Off in a real hospital until it wants it; a demo shows it.
    const leader = await signInTo(baseUrl, 'L001', DEMO_PASSWORD);
    await leader.put('/self-check-policy', { isSelfCheckOn: true, crossShare: DEMO_CROSS_SHARE, basedOn: 0 });
    await makeDemoTables(baseUrl, DEMO_PASSWORD);
    io.line(welcome(baseUrl));
    const modality = startModality(settings);
    await asked;
    modality.kill();
  } finally {
    await server.stop();
    await pacs.close();
  }
  return 0;
};

/** A process of its own: drawing films must not slow the server down. */
const startModality = ({ dicom, aeTitle }: Settings) =>
  spawn(
    process.execPath,
    [
      join(import.meta.dirname, 'cli.ts'),
      'simulate',
      ...['--to', `${dicom.host}:${dicom.port}`, '--aet', aeTitle],
      ...['--exams', DEMO_EXAMS, '--defects', DEMO_DEFECT_RATE, '--seed', DEMO_SEED],
    ],
    { stdio: 'ignore' },
  );

const welcome = (baseUrl: string): string =>
  [
    '',
    `  演示 Demo      ${baseUrl}`,
    `  组长 Leader    L001 / ${DEMO_PASSWORD}      ← 评片从这里开始 start grading here`,
    `  技师 Technol.  T001 / ${DEMO_PASSWORD}`,
    `  医师 Radiol.   R001 / ${DEMO_PASSWORD}`,
    `  主任 Head      H001 / ${DEMO_PASSWORD}`,
    `  管理 Admin     admin / ${DEMO_PASSWORD}`,
    '',
    '  虚拟设备正在发送一上午的检查,几秒后出现在评片列表。',
    "  The virtual modality is sending a morning's exams; they appear in the worklist within seconds.",
    '',
  ].join('\n');
