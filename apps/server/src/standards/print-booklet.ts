import { AppError } from '@jiapian/kernel';
import type { ReviewStandard } from '@jiapian/rules';
import type { AuditActor } from '../audit/index.ts';
import type { PdfDocument } from '../bulletins/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { bookletOf } from './booklet-of.ts';
import type { BookletLocale } from './booklet-words.ts';
import { currentStandard } from './current-standard.ts';
import { enter } from './edit-draft.ts';
import { findPublished } from './standards.repository.ts';

/** The booklet of a published version; that somebody took it away stands in the audit trail. */
export const printBooklet = async (
  unit: UnitOfWork,
  by: AuditActor,
  { version, locale, at }: { version: number; locale: BookletLocale; at: Date },
): Promise<PdfDocument> => {
  await currentStandard(unit, at);
  const published = await findPublished(unit, version);
  if (!published) throw new AppError('STANDARDS_VERSION_NOT_FOUND', { version });
  await enter(unit, by, 'standards.booklet-printed', String(version), { locale });
  const { name, name_en: nameEn } = published;
  return bookletOf(published.content as unknown as ReviewStandard, {
    locale,
    hospitalName: locale === 'en' && nameEn !== '' ? nameEn : name,
    effectiveFrom: dayOf(published.effective_from, published.time_zone),
    publishedBy: published.display_name,
    note: published.note,
    madeAt: at,
  });
};

/** `2026-12-01 08:00` on the hospital's clock. */
const dayOf = (moment: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(moment);
