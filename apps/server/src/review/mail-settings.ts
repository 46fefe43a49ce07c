import { mailSettingsSchema, type MailSettings } from '@jiapian/contract';
import { AppError } from '@jiapian/kernel';
import { recordEntry, type AuditActor } from '../audit/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import type { MailPasswords } from './mail-password.ts';
import { findMailSettings, writeMailSettings } from './mail-settings.repository.ts';

export type MailServer = Omit<MailSettings, 'hasPassword'>;

/** Off until a hospital sets it up. 587 is the port for handing mail in. [RFC 6409 section 3.1] */
const nothingSetUp: MailServer = {
  isOn: false,
  host: '',
  port: 587,
  security: 'starttls',
  username: '',
  fromAddress: '',
  link: '',
  hour: 7,
};

const storedSchema = mailSettingsSchema.omit({ hasPassword: true });

export const mailServerOf = async (unit: UnitOfWork): Promise<MailServer> => {
  const stored = storedSchema.safeParse(await findMailSettings(unit));
  return stored.success ? stored.data : nothingSetUp;
};

export const isSetUp = ({ host, fromAddress, link }: MailServer): boolean =>
  host !== '' && fromAddress !== '' && link !== '';

/** Throws REVIEW_MAIL_NOT_SET_UP for switching on what could not send. */
export const saveMailServer = async (
  unit: UnitOfWork,
  by: AuditActor,
  passwords: MailPasswords,
  request: { server: MailServer; password: string | undefined; accountId: string; at: Date },
): Promise<void> => {
  const { server, password } = request;
  if (server.isOn && !isSetUp(server)) throw new AppError('REVIEW_MAIL_NOT_SET_UP');
  await writeMailSettings(unit, server, { at: request.at, by: request.accountId });
  if (password !== undefined) await passwords.keep(unit.hospitalId, password);
  await recordEntry(unit, by, {
    action: 'review.mail-set-up',
    subjectKind: 'hospital',
    subjectId: unit.hospitalId,
    facts: { isOn: server.isOn, host: server.host, port: server.port, isPasswordChanged: password !== undefined },
  });
};
