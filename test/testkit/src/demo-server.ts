import { simulateExam, simulateMorning, smallSize, type ExamOrder } from '@jiapian/simulator';
import { signInTo } from '../../../apps/server/src/cli/demo-client.ts';
import { makeDemoDepartment } from '../../../apps/server/src/cli/demo-department.ts';
import { sendExam } from '../../../apps/server/src/cli/send-exam.ts';
import { hospitalDicomDay } from './hospital-day.ts';
import { startServer, type Server } from './server.ts';

/** Everybody of the demo department signs in with it. */
export const demoPassword = 'films before lunch';

/** The product with the rooms, devices, people and accounts of the demo department, and a PACS that nobody answers for. */
export const startDemoServer = async (): Promise<Server> => {
  const server = await startServer({ adminPassword: demoPassword });
  const admin = await signInTo(server.url, 'admin', demoPassword);
  await makeDemoDepartment(admin, demoPassword, { aeTitle: 'NOBODY', host: '127.0.0.1', port: server.dicomPort });
  return server;
};

/** The simulator draws another morning for every day: who took which film is that of this one. */
const drawnDay = '20261124';

/** The same radiographs on whatever day the test runs, taken this morning by the hospital's clock. */
export const filmsOfThisMorning = (
  seed: string,
  { exams, defectRate }: { readonly exams: number; readonly defectRate: number },
): ExamOrder[] => {
  const date = hospitalDicomDay();
  return simulateMorning(seed, { exams, defectRate, day: drawnDay })
    .filter(({ procedure }) => procedure.modality === 'DX')
    .map((order) => ({ ...order, startedAt: { ...order.startedAt, date } }));
};

/** Draws the exams small and sends each from its device. */
export const sendOrders = async (server: Server, orders: readonly ExamOrder[]): Promise<void> => {
  const peer = { host: '127.0.0.1', port: server.dicomPort, calledAeTitle: server.aeTitle };
  for (const { seed, procedure, device, ...order } of orders) {
    const exam = simulateExam(seed, { ...order, procedure: procedure.id, device: device.id, size: smallSize });
    await sendExam(exam, { ...peer, callingAeTitle: device.aeTitle });
  }
};
