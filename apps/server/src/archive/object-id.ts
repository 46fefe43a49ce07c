import { randomBytes } from 'node:crypto';
import { AppError } from '@jiapian/kernel';

const pattern = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{3})-([0-9a-z]{4})-([0-9a-f]{8})$/u;

const SEQUENCE_LENGTH = 4;
const SEQUENCE_RADIX = 36;
const SEQUENCE_END = SEQUENCE_RADIX ** SEQUENCE_LENGTH;

let sequence = 0;

/** A new name that sorts by time of receipt: UTC milliseconds, a running number, random digits against a second process. */
export const newObjectId = (receivedAt: Date): string => {
  const moment = receivedAt.toISOString().replace(/\D/gu, '');
  sequence = (sequence + 1) % SEQUENCE_END;
  const running = sequence.toString(SEQUENCE_RADIX).padStart(SEQUENCE_LENGTH, '0');
  return `${moment}-${running}-${randomBytes(4).toString('hex')}`;
};

/** Is this text the name of an object, and so safe to build a path from? */
export const isObjectId = (text: string): boolean => pattern.test(text);

/** When the object came, as its name says. */
export const receivedAtOf = (objectId: string): Date => {
  const [, year, month, day, hour, minute, second, millisecond] = parts(objectId);
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`);
};

/** The day folder below the store, `yyyy/mm/dd` in UTC. */
export const dayFolderOf = (objectId: string): string => {
  const [, year, month, day] = parts(objectId);
  return `${year}/${month}/${day}`;
};

const parts = (objectId: string): RegExpExecArray => {
  const match = pattern.exec(objectId);
  if (match === null) throw new AppError('ARCHIVE_OBJECT_NOT_FOUND', { reason: 'not-an-object-id' });
  return match;
};
