import type { UnitOfWork } from '../platform/database.ts';

/** The hospital's name as papers in a language carry it. */
export const findHospitalName = async ({ db, hospitalId }: UnitOfWork, locale: 'zh-CN' | 'en'): Promise<string> => {
  const row = await db
    .selectFrom('hospital')
    .select(['name', 'name_en'])
    .where('hospital_id', '=', hospitalId)
    .executeTakeFirst();
  return locale === 'en' && row?.name_en ? row.name_en : (row?.name ?? '');
};
