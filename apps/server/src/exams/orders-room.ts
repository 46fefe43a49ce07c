import { transition, type Clock } from '@jiapian/kernel';
import { orderTable } from '@jiapian/rules';
import type { Database, UnitOfWork } from '../platform/database.ts';
import { forEachHospital } from '../platform/each-hospital.ts';
import { job, type AnyJob } from '../platform/job-registry.ts';
import type { MllpServer } from '../platform/mllp-server.ts';
import type { Platform, Room } from '../platform/platform.ts';
import { forgetMessages } from './hl7-messages.repository.ts';
import { hl7MessageRoutes } from './hl7-messages.routes.ts';
import { openHl7Door } from './open-hl7-door.ts';
import { findOpenOrdersOfExam } from './order-rows.repository.ts';
import { OrdersFolder } from './orders-folder.ts';
import { orderRoutes } from './orders.routes.ts';
import { receiveHl7 } from './receive-hl7.ts';
import { moveOrder } from './orders.repository.ts';

const hourMs = 3_600_000;
/** How often the folder of messages is looked through; a file must stand still for as long, ms. [PD] */
const FOLDER_EVERY_MS = 3_000;
/** How long the lines of messages that went well are kept, days. [PD] */
const MESSAGES_KEPT_DAYS = 30;

/** Orders: where they come in, what becomes of them. */
export const createOrdersRoom = (platform: Platform): Room => {
  const { database, clock, liveEvents } = platform;
  let hl7: MllpServer | null = null;
  const handler = receiveHl7({ ...platform, source: 'file' });
  const folder = new OrdersFolder({ path: platform.folder.orders, handler, log: platform.log });
  return {
    routes: (app) => {
      orderRoutes(app, { database, clock, liveEvents });
      hl7MessageRoutes(app, { database, clock, liveEvents });
    },
    jobs: [finishOrders(clock)],
    ticks: [
      { name: 'exams.forget-messages', everyMs: hourMs, run: () => forgetOldMessages(database, clock) },
      { name: 'exams.orders-folder', everyMs: FOLDER_EVERY_MS, run: () => folder.look() },
    ],
    start: async (roles) => {
      if (roles.has('dicom')) hl7 = await openHl7Door(platform);
    },
    closeDoors: async () => {
      await hl7?.close();
    },
  };
};

const finishOrders = (clock: Clock): AnyJob =>
  job({
    name: 'finish-orders',
    on: 'exam.completed',
    handle: (unit, { examId }) => finishOrdersOf(unit, examId, clock.now()),
  });

/** Nothing more will come for the orders of a complete exam. */
const finishOrdersOf = async (unit: UnitOfWork, examId: string, now: Date): Promise<void> => {
  for (const { order_id, state } of await findOpenOrdersOfExam(unit, examId)) {
    const next = transition(orderTable, state, 'completed');
    if (next.ok) await moveOrder(unit, order_id, { state: next.value, at: now });
  }
};

const forgetOldMessages = (database: Database, clock: Clock): Promise<void> =>
  forEachHospital(database, (unit) =>
    forgetMessages(unit, new Date(clock.now().getTime() - MESSAGES_KEPT_DAYS * 24 * hourMs)),
  );
