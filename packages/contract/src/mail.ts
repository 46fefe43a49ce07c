import { z } from 'zod';
import { daySchema, momentSchema, uuidSchema } from './primitives.ts';

const addressSchema = z.email().max(200);

/** Where one's own notices go. */
export const ownMailSchema = z.object({
  /** The hospital has set mail up and switched it on. */
  isOn: z.boolean(),
  address: z.string(),
  isWanted: z.boolean(),
});
export type OwnMail = z.infer<typeof ownMailSchema>;
/** An empty address takes it back. */
export const ownMailRequest = z.object({ address: z.union([z.literal(''), addressSchema]), isWanted: z.boolean() });

const serverFields = {
  isOn: z.boolean(),
  host: z.string().trim().max(200),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(['none', 'starttls', 'tls']),
  username: z.string().trim().max(200),
  fromAddress: z.union([z.literal(''), addressSchema]),
  /** Address of this system in the hospital's network, for the link. */
  link: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(200)]),
  /** Full hour of the hospital's clock from which the daily mail goes out. */
  hour: z.number().int().min(0).max(23),
};
/** The password is never given out. */
export const mailSettingsSchema = z.object({ ...serverFields, hasPassword: z.boolean() });
export type MailSettings = z.infer<typeof mailSettingsSchema>;
/** Without a password the one that is kept stays; an empty one is forgotten. */
export const mailSettingsRequest = z.object({ ...serverFields, password: z.string().max(500).optional() });
export const mailTestRequest = z.object({ to: addressSchema });

export const mailRowSchema = z.object({
  mailId: uuidSchema,
  personName: z.string(),
  address: z.string(),
  day: daySchema,
  noticeCount: z.number().int(),
  state: z.enum(['waiting', 'sent', 'failed']),
  attempts: z.number().int(),
  nextAttemptAt: momentSchema,
  lastError: z.string().nullable(),
  sentAt: momentSchema.nullable(),
});
export type MailRow = z.infer<typeof mailRowSchema>;
export const mailQueueSchema = z.object({ items: z.array(mailRowSchema) });
