import type { HeaderFacts } from '@jiapian/dicom';
import { sql, type Insertable, type SqlBool } from 'kysely';
import type { DatabaseSchema } from '../platform/database-schema.ts';
import type { UnitOfWork } from '../platform/database.ts';

export interface FilmImage {
  sopInstanceUid: string;
  facts: Partial<HeaderFacts>;
}

export const findExamForFilms = (unit: UnitOfWork, examId: string) =>
  unit.db
    .selectFrom('exam')
    .innerJoin('hospital', 'hospital.hospital_id', 'exam.hospital_id')
    .select(['exam.device_id', 'hospital.time_zone'])
    .where('exam.hospital_id', '=', unit.hospitalId)
    .where('exam.exam_id', '=', examId)
    .executeTakeFirst();

export const findImagesWithoutFilm = async (unit: UnitOfWork, examId: string): Promise<FilmImage[]> => {
  const rows = await unit.db
    .selectFrom('instance')
    .leftJoin('film', (join) =>
      join
        .onRef('film.hospital_id', '=', 'instance.hospital_id')
        .onRef('film.exam_id', '=', 'instance.exam_id')
        .on(sql<SqlBool>`(film.sop_instance_uid = instance.sop_instance_uid or film.kind = 'exam')`),
    )
    .select(['instance.sop_instance_uid', 'instance.facts'])
    .where('instance.hospital_id', '=', unit.hospitalId)
    .where('instance.exam_id', '=', examId)
    .where('instance.is_image', '=', true)
    .where('film.film_id', 'is', null)
    .orderBy('instance.received_at')
    .orderBy('instance.instance_number')
    .execute();
  return rows.map((row) => ({ sopInstanceUid: row.sop_instance_uid, facts: row.facts as Partial<HeaderFacts> }));
};

export const rememberedPositions = async (unit: UnitOfWork, deviceId: string | null): Promise<Map<string, string>> => {
  if (deviceId === null) return new Map();
  const rows = await unit.db
    .selectFrom('position_mapping')
    .select(['mapping_key', 'position_code'])
    .where('hospital_id', '=', unit.hospitalId)
    .where('device_id', '=', deviceId)
    .execute();
  return new Map(rows.map((row) => [row.mapping_key, row.position_code]));
};

/** Films that are there already stay as they are. */
export const insertFilms = async (unit: UnitOfWork, rows: Insertable<DatabaseSchema['film']>[]): Promise<void> => {
  await unit.db
    .insertInto('film')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};
