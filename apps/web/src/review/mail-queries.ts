import { mailQueueSchema, mailSettingsSchema, ownMailSchema, type MailSettings } from '@jiapian/contract';
import { queryOptions } from '@tanstack/react-query';
import { command, request } from '../api/client.ts';

/** The queue moves by the clock of the server, not by what anybody does here. */
const QUEUE_REFRESH_MS = 15_000;

export const ownMailQuery = queryOptions({
  queryKey: ['mail', 'own'],
  queryFn: ({ signal }) => request(ownMailSchema, 'GET', '/notices/mail', { signal }),
});
export const mailSettingsQuery = queryOptions({
  queryKey: ['mail', 'settings'],
  queryFn: ({ signal }) => request(mailSettingsSchema, 'GET', '/mail-settings', { signal }),
});
export const mailQueueQuery = queryOptions({
  queryKey: ['mail', 'queue'],
  queryFn: ({ signal }) => request(mailQueueSchema, 'GET', '/mail-queue', { signal }),
  refetchInterval: QUEUE_REFRESH_MS,
});

export const saveOwnMail = (body: { address: string; isWanted: boolean }) => command('PUT', '/notices/mail', { body });
export const saveMailSettings = (body: Omit<MailSettings, 'hasPassword'> & { password?: string }) =>
  command('PUT', '/mail-settings', { body });
export const sendTestMail = (to: string) => command('POST', '/mail-settings/test', { body: { to } });
export const sendAgain = (mailId: string) => command('POST', `/mail-queue/${mailId}/retry`);
