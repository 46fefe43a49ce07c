import { grades } from '@jiapian/kernel';
import { z } from 'zod';

export const gradeSchema = z.enum(grades);
export const uuidSchema = z.uuid();
/** A DICOM unique identifier (PS3.5 §9.1), at most 64 characters; letters stand in some devices' UIDs and are kept as sent. */
export const uidSchema = z.string().regex(/^[0-9A-Za-z._-]{1,64}$/);
/** A moment in UTC, ISO 8601. */
export const momentSchema = z.iso.datetime({ offset: true });
/** A calendar day of the hospital, YYYY-MM-DD. */
export const daySchema = z.iso.date();
/** AE title (PS3.5 §6.2): 1–16 printable characters, no backslash. */
export const aeTitleSchema = z
  .string()
  .trim()
  .min(1)
  .max(16)
  .regex(/^[\x20-\x5b\x5d-\x7e]+$/);
export const versionSchema = z.number().int().min(1);

/** Problem details (RFC 9457) with our code, the request's number and the fields that are wrong. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  requestId: z.string(),
  facts: z.record(z.string(), z.unknown()).optional(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** The largest page a list gives. */
export const PAGE_LIMIT_MAX = 200;
export const pageQuery = {
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_LIMIT_MAX).default(50),
};
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.number().int().nullable() });

/** A comma list in the address, so that filters can be shared as a link. */
export const commaList = <Item extends z.ZodType<unknown, string>>(item: Item) =>
  z
    .string()
    .max(2000)
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(item));
