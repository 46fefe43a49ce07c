import type { Hl7MessageRow } from '@jiapian/contract';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

export interface KeptMessage {
  messageId: string;
  receivedAt: Date;
  remoteAddress: string;
  sendingApplication: string;
  sendingFacility: string;
  controlId: string;
  messageType: string;
  sizeBytes: number;
  sha256: Uint8Array;
  state: Hl7MessageRow['state'];
  reasonCode: string;
  reason: string;
  orders: number;
  /** Only of a message that a person must look at. */
  raw: Uint8Array | null;
}

const maxFieldLength = 200;
const plain = (text: string): string => text.replaceAll('\0', '').slice(0, maxFieldLength);

export const keepMessage = async ({ db, hospitalId }: UnitOfWork, message: KeptMessage): Promise<void> => {
  await db
    .insertInto('hl7_message')
    .values({
      hospital_id: hospitalId,
      message_id: message.messageId,
      received_at: message.receivedAt,
      remote_address: message.remoteAddress,
      sending_application: plain(message.sendingApplication),
      sending_facility: plain(message.sendingFacility),
      control_id: plain(message.controlId),
      message_type: plain(message.messageType),
      size_bytes: message.sizeBytes,
      sha256: Buffer.from(message.sha256),
      state: message.state,
      reason_code: message.reasonCode,
      reason: plain(message.reason),
      orders: message.orders,
      raw: message.raw === null ? null : Buffer.from(message.raw),
    })
    .execute();
};

/** The same bytes under the same control number were handled before: the answer was lost on its way. */
export const isKnownMessage = async (
  { db, hospitalId }: UnitOfWork,
  message: { controlId: string; sha256: Uint8Array },
): Promise<boolean> => {
  const found = await db
    .selectFrom('hl7_message')
    .select('message_id')
    .where('hospital_id', '=', hospitalId)
    .where('control_id', '=', plain(message.controlId))
    .where('sha256', '=', Buffer.from(message.sha256))
    .where('state', 'in', ['processed', 'ignored'])
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
};

export interface MessageCursor {
  receivedAt: string;
  messageId: string;
}

export const listMessages = async (
  { db, hospitalId }: UnitOfWork,
  filter: { state: 'broken' | 'all'; after: MessageCursor | null; limit: number },
): Promise<Hl7MessageRow[]> => {
  let query = db
    .selectFrom('hl7_message')
    .select(['message_id', 'received_at', 'remote_address', 'sending_application', 'sending_facility', 'control_id'])
    .select(['message_type', 'size_bytes', 'state', 'reason_code', 'reason', 'orders', 'seen_at'])
    .select(sql<boolean>`raw is not null`.as('has_content'))
    .where('hospital_id', '=', hospitalId);
  if (filter.state === 'broken') query = query.where('state', '=', 'refused').where('seen_at', 'is', null);
  if (filter.after !== null)
    query = query.where(
      sql<boolean>`(received_at, message_id) < (${filter.after.receivedAt}::timestamptz, ${filter.after.messageId}::uuid)`,
    );
  const rows = await query.orderBy('received_at', 'desc').orderBy('message_id', 'desc').limit(filter.limit).execute();
  return rows.map((row) => ({
    messageId: row.message_id,
    receivedAt: row.received_at.toISOString(),
    remoteAddress: row.remote_address,
    sendingApplication: row.sending_application,
    sendingFacility: row.sending_facility,
    controlId: row.control_id,
    messageType: row.message_type,
    sizeBytes: row.size_bytes,
    state: row.state,
    reasonCode: row.reason_code,
    reason: row.reason,
    orders: row.orders,
    isSeen: row.seen_at !== null,
    hasContent: row.has_content,
  }));
};

export const readMessageContent = async (
  { db, hospitalId }: UnitOfWork,
  messageId: string,
): Promise<Uint8Array | null> => {
  const row = await db
    .selectFrom('hl7_message')
    .select('raw')
    .where('hospital_id', '=', hospitalId)
    .where('message_id', '=', messageId)
    .executeTakeFirst();
  return row?.raw ?? null;
};

/** A person has looked; the content, which holds patient data, is not needed any more. False for an unknown message. */
export const markMessageSeen = async (
  { db, hospitalId }: UnitOfWork,
  messageId: string,
  seen: { at: Date; by: string | null },
): Promise<boolean> => {
  const updated = await db
    .updateTable('hl7_message')
    .set({ seen_at: seen.at, seen_by: seen.by, raw: null })
    .where('hospital_id', '=', hospitalId)
    .where('message_id', '=', messageId)
    .executeTakeFirst();
  return updated.numUpdatedRows === 1n;
};

/** Lines of messages that went well are history after a while. */
export const forgetMessages = async ({ db, hospitalId }: UnitOfWork, before: Date): Promise<void> => {
  await db
    .deleteFrom('hl7_message')
    .where('hospital_id', '=', hospitalId)
    .where('received_at', '<', before)
    .where((eb) => eb.or([eb('state', '<>', 'refused'), eb('seen_at', 'is not', null)]))
    .execute();
};
