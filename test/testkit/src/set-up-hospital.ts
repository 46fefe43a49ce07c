import type { SignedIn } from './server.ts';

/** Seconds without a new image after which an exam is ready: as short as a hospital may set it. */
const QUIET_SECONDS = 5;

/** A hospital as the first start leaves it, whose exams are ready soon after their last image. */
export async function setUpHospital(admin: SignedIn): Promise<void> {
  await admin.post('/api/v1/organization/set-up', {
    hospitalName: '测试医院',
    departmentName: '放射科',
    device: null,
  });
  const settings = await admin.get<object>('/api/v1/organization/settings');
  await admin.put('/api/v1/organization/settings', { ...settings, quietSeconds: QUIET_SECONDS });
}

/** Names a DIMSE archive on this machine as a destination. */
export async function addArchive(admin: SignedIn, port: number): Promise<void> {
  await admin.post('/api/v1/destinations', { name: 'PACS', kind: 'dimse', aeTitle: 'PACS', host: '127.0.0.1', port });
}
