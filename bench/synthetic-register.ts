import type { TestDatabase } from '../test/testkit/src/database.ts';

/** One exam every 150 seconds: 576 a day, about what a department of twelve devices makes. */
export const secondsBetweenExams = 150;
const firstExamAt = '2021-01-01T00:00:00Z';
const rowsPerStatement = 20_000;
const devices = 12;

export const examMoment = (index: number): Date =>
  new Date(Date.parse(firstExamAt) + index * secondsBetweenExams * 1000);

export const addDevices = async (test: TestDatabase): Promise<string[]> => {
  const rows = await test.asOwner<{ device_id: string }>(
    `insert into device (hospital_id, device_id, name, ae_title, modality, named_at)
     select $1, gen_random_uuid(), 'Device ' || g, 'AE' || g, 'DX', now() from generate_series(1, $2::integer) g
     returning device_id`,
    [test.hospitalId, devices],
  );
  return rows.map(({ device_id }) => device_id);
};

/** Exams `from` to before `to`, each of one image, one film and one gate, written set by set as the owner. */
export const addExams = async (test: TestDatabase, from: number, to: number): Promise<void> => {
  for (let start = from; start < to; start += rowsPerStatement) {
    const end = Math.min(to, start + rowsPerStatement) - 1;
    await test.asOwner(statement, [test.hospitalId, start, end, firstExamAt, secondsBetweenExams]);
  }
  for (const table of ['patient', 'exam', 'series', 'stored_object', 'instance', 'film', 'gate', 'exam_event'])
    await test.asOwner(`vacuum analyze ${table}`);
  // Else the first requests wait for the pages that the filling has left to be written.
  await test.asOwner('checkpoint');
};

/** 10 surnames × 24 × (10 or none): as many namesakes as a town has. */
const statement = `
  with n as (
    select g, $4::timestamptz + g * $5::integer * interval '1 second' as at,
      substr('王李张刘陈杨赵黄周吴', 1 + (g * 7919 % 10)::int, 1)
        || substr('伟芳娜敏静秀英丽强磊军洋艳勇杰娟涛明超兰霞平刚桂', 1 + (g * 104729 % 24)::int, 1)
        || substr('国建文华志海玉春晓红', 1 + (g * 15485863 % 10)::int, case when g % 5 = 0 then 0 else 1 end) as name,
      (array['DX','DX','DX','CT','CT','MR'])[1 + g % 6] as modality,
      (array['胸部正位','腰椎侧位','头颅平扫','膝关节正侧位'])[1 + g % 4] as description,
      lpad(to_hex(g), 12, '0') as hex
    from generate_series($2::bigint, $3::bigint) g
  ), patients as (
    insert into patient (hospital_id, patient_id, dicom_patient_id, name)
    select $1, ('00000000-0000-7000-8000-' || hex)::uuid, 'P' || g, name from n
  ), exams as (
    insert into exam (hospital_id, exam_id, study_instance_uid, patient_id, accession_number, modality, description,
      body_part, exam_at, device_id, state, first_received_at, last_received_at, ready_at, series_count, instance_count,
      search_text)
    select $1, ('01900000-0000-7000-8000-' || hex)::uuid, '1.2.840.99.' || g, ('00000000-0000-7000-8000-' || hex)::uuid,
      'A' || lpad(g::text, 9, '0'), modality, description, 'CHEST', at,
      (select device_id from device where ae_title = 'AE' || (1 + g % 12)), 'ready', at, at, at, 1, 1,
      ' ' || name || ' ' || substr(name, 2) || ' name' || (g % 2400) || ' nm' || (g % 977) || ' p' || g || ' a'
        || lpad(g::text, 9, '0') || ' ' || description || ' ' || substr(description, 2) || ' ' || substr(description, 3)
    from n
  ), series_rows as (
    insert into series (hospital_id, exam_id, series_instance_uid, modality, series_number, instance_count)
    select $1, ('01900000-0000-7000-8000-' || hex)::uuid, '1.2.840.99.' || g || '.1', modality, 1, 1 from n
  ), objects as (
    insert into stored_object (hospital_id, object_id, sop_instance_uid, sha256, size_bytes, data_set_offset,
      transfer_syntax_uid, door, received_at)
    select $1, to_char(at, 'YYYYMMDDHH24MISS') || '000-0000-' || right(hex, 8), '1.2.840.99.' || g || '.1.1',
      decode(md5(g::text) || md5(g::text), 'hex'), 15000000, 600, '1.2.840.10008.1.2.1', 'dimse', at from n
  ), instances as (
    insert into instance (hospital_id, sop_instance_uid, series_instance_uid, exam_id, object_id, sop_class_uid,
      instance_number, is_image, facts, received_at)
    select $1, '1.2.840.99.' || g || '.1.1', '1.2.840.99.' || g || '.1', ('01900000-0000-7000-8000-' || hex)::uuid,
      to_char(at, 'YYYYMMDDHH24MISS') || '000-0000-' || right(hex, 8), '1.2.840.10008.5.1.4.1.1.1.1', 1, true,
      jsonb_build_object('modality', modality, 'rows', 3000, 'columns', 2500, 'numberOfFrames', 1,
        'bodyPartExamined', 'CHEST', 'viewPosition', 'PA', 'kvp', 120), at from n
  ), films as (
    insert into film (hospital_id, film_id, exam_id, kind, sop_instance_uid, position_code, state, day, created_at)
    select $1, ('02000000-0000-7000-8000-' || hex)::uuid, ('01900000-0000-7000-8000-' || hex)::uuid, 'image',
      '1.2.840.99.' || g || '.1.1', 'CHEST_PA', 'waiting', (at at time zone 'Asia/Shanghai')::date, at from n
  ), gates as (
    insert into gate (hospital_id, exam_id, state, released_at)
    select $1, ('01900000-0000-7000-8000-' || hex)::uuid, 'released', at from n
  )
  insert into exam_event (hospital_id, exam_id, at, event)
  select $1, ('01900000-0000-7000-8000-' || hex)::uuid, at, 'exam.first-received' from n`;
