import type { Platform, Room } from '../platform/platform.ts';
import { mailPasswordsIn } from './mail-password.ts';
import { mailRoutes } from './mail.routes.ts';
import { sendMails } from './send-mails.ts';
import { writeDigests } from './write-digests.ts';

const digestEveryMs = 60_000;
const sendEveryMs = 10_000;

/** Notices that write themselves, and leave the house as mail where a hospital has set that up. */
export const createMailRoom = ({
  database,
  clock,
  folder,
  liveEvents,
}: Pick<Platform, 'database' | 'clock' | 'folder' | 'liveEvents'>): Room => {
  const passwords = mailPasswordsIn(folder.secrets);
  return {
    routes: (app) => mailRoutes(app, database, clock, passwords),
    ticks: [
      {
        name: 'review.write-digests',
        everyMs: digestEveryMs,
        run: () => writeDigests({ database, clock, liveEvents }),
      },
      { name: 'review.send-mails', everyMs: sendEveryMs, run: () => sendMails(database, clock, passwords) },
    ],
  };
};
