import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { examFactsOf, patientFactsOf, type ExamFacts, type PatientFacts } from './exam-facts.ts';
import { findAliases } from './operator-aliases.repository.ts';
import { newOrderedId } from './ordered-id.ts';
import type { ReadObject } from './read-received.ts';
import { jsonTextOf, recordRows } from './record-rows.ts';
import { patientKeyOf, registerPatients } from './register-patients.repository.ts';
import type { ResolvedDevice } from './resolve-devices.ts';

/** Objects go out as they were received, until somebody corrects them. */
const AS_RECEIVED = '00000000-0000-0000-0000-000000000000';

/** An exam that objects of this batch belong to. */
export interface TouchedExam {
  examId: string;
  studyInstanceUid: string;
  isNew: boolean;
  isReopened: boolean;
  objects: readonly ReadObject[];
  /** How copies of an exam's objects are made; zero: as they were received. */
  copyId: string;
}

interface ExamRow {
  exam_id: string;
  study_instance_uid: string;
  patient_id: string;
  accession_number: string;
  modality: string;
  description: string;
  body_part: string;
  exam_at_is_known: boolean;
  patient_age: string;
  device_id: string | null;
  operator_name: string;
  technologist_id: string | null;
  institution_name: string;
  priority: string;
  state: 'receiving' | 'ready';
  oddities: Oddity[];
  search_text: string;
  copy_id: string;
}

interface Oddity {
  keyword: string;
  reason: string;
}

/** Enters the studies of the new objects, or adds to those already entered what was not known of them. */
export const registerExams = async (
  unit: UnitOfWork,
  fresh: readonly ReadObject[],
  deviceOf: (read: ReadObject) => ResolvedDevice | null,
  now: Date,
): Promise<TouchedExam[]> => {
  const byStudy = Map.groupBy(fresh, ({ facts }) => facts.studyInstanceUid);
  const known = await loadExams(unit, [...byStudy.keys()]);
  const drafts = [...byStudy].map(([studyInstanceUid, objects]) => draftOf(studyInstanceUid, objects, deviceOf));
  const patients = new Map<string, PatientFacts>(
    drafts.map(({ patient }) => [patientKeyOf(patient), patient] as const),
  );
  const patientIds = await registerPatients(unit, patients, now);
  const aliases = await findAliases(unit, [...new Set(drafts.map(({ facts }) => facts.operatorName))]);
  const added: object[] = [];
  const grown: object[] = [];
  const touched = drafts.map((draft): TouchedExam => {
    const before = known.get(draft.studyInstanceUid);
    const patientId = patientIds.get(patientKeyOf(draft.patient)) ?? '';
    const row = rowOf(draft, before, patientId, aliases, now);
    (before === undefined ? added : grown).push(row);
    return {
      examId: row.exam_id,
      studyInstanceUid: draft.studyInstanceUid,
      isNew: before === undefined,
      isReopened: before?.state === 'ready',
      objects: draft.objects,
      copyId: before?.copy_id ?? AS_RECEIVED,
    };
  });
  await addExams(unit, added);
  await growExams(unit, grown, now);
  return touched;
};

interface Draft {
  studyInstanceUid: string;
  objects: readonly ReadObject[];
  facts: ExamFacts;
  patient: PatientFacts;
  otherPatients: boolean;
  device: ResolvedDevice | null;
  isImage: boolean;
  oddities: Oddity[];
}

/** An image says what was done; a report of the same study (SR, KO, PR) only speaks when no image does. */
const draftOf = (
  studyInstanceUid: string,
  objects: readonly ReadObject[],
  deviceOf: (read: ReadObject) => ResolvedDevice | null,
): Draft => {
  const speaker = objects.find(({ facts }) => facts.kind === 'image') ?? objects[0]!;
  const patient = patientFactsOf(speaker.facts);
  const key = patientKeyOf(patient);
  return {
    studyInstanceUid,
    objects,
    facts: examFactsOf(speaker.facts),
    patient,
    otherPatients: objects.some(({ facts }) => patientKeyOf(patientFactsOf(facts)) !== key),
    device: deviceOf(speaker),
    isImage: speaker.facts.kind === 'image',
    oddities: objects.flatMap(({ facts }) => facts.oddities),
  };
};

const rowOf = (
  draft: Draft,
  before: ExamRow | undefined,
  patientId: string,
  aliases: ReadonlyMap<string, string>,
  now: Date,
) => {
  const { facts, device } = draft;
  const received = draft.objects.map(({ received: { receivedAt } }) => receivedAt.getTime());
  const speaks = draft.isImage && before !== undefined && reportModalities.has(before.modality);
  const modality = before === undefined || before.modality === '' || speaks ? facts.modality : before.modality;
  const operatorName = before?.operator_name || facts.operatorName;
  const isOtherPatient = draft.otherPatients || (before !== undefined && before.patient_id !== patientId);
  const oddities = isOtherPatient ? [...draft.oddities, otherPatientOddity] : draft.oddities;
  return {
    exam_id: before?.exam_id ?? newOrderedId(now),
    study_instance_uid: draft.studyInstanceUid,
    patient_id: before?.patient_id ?? patientId,
    accession_number: before?.accession_number || facts.accessionNumber,
    modality,
    description: before?.description || facts.description,
    body_part: before?.body_part || facts.bodyPart,
    exam_at: before?.exam_at_is_known === true ? null : facts.examAt,
    patient_age: before?.patient_age || facts.patientAge,
    device_id: before?.device_id ?? device?.deviceId ?? null,
    operator_name: operatorName,
    technologist_id: before?.technologist_id ?? aliases.get(operatorName) ?? null,
    institution_name: before?.institution_name || facts.institutionName,
    priority: before === undefined || before.priority === 'unknown' ? (device?.priority ?? 'unknown') : before.priority,
    first_received_at: new Date(Math.min(...received)),
    last_received_at: new Date(Math.max(...received)),
    oddities: mergeOddities(before?.oddities ?? [], oddities),
    search_text: before !== undefined && before.search_text.length > 1 ? before.search_text : facts.searchText,
    new_instances: draft.objects.length,
  };
};

/** Modalities of objects that accompany images (PS3.3 C.7.3.1.1.1). */
const reportModalities = new Set([
  'SR',
  'KO',
  'PR',
  'DOC',
  'REG',
  'SEG',
  'PLAN',
  'AU',
  'ECG',
  'OT',
  'RTSTRUCT',
  'RTPLAN',
]);
const otherPatientOddity = { keyword: 'PatientID', reason: 'differs between objects of this study' };
const maxOddities = 50;

const mergeOddities = (before: readonly Oddity[], added: readonly Oddity[]): Oddity[] => {
  const all = new Map([...before, ...added].map((oddity) => [`${oddity.keyword}\n${oddity.reason}`, oddity]));
  return [...all.values()].slice(0, maxOddities);
};

const loadExams = async ({ db, hospitalId }: UnitOfWork, uids: readonly string[]): Promise<Map<string, ExamRow>> => {
  const found = await sql<ExamRow>`
    select exam_id, study_instance_uid, patient_id, accession_number, modality, description, body_part,
      exam_at_is_known, patient_age, device_id, operator_name, technologist_id, institution_name, priority, state,
      oddities, search_text, copy_id
    from exam where hospital_id = ${hospitalId} and study_instance_uid = any(${uids}::text[])
    order by exam_id for update`.execute(db);
  return new Map(found.rows.map((row) => [row.study_instance_uid, row]));
};

const columns = `exam_id uuid, study_instance_uid text, patient_id uuid, accession_number text, modality text,
  description text, body_part text, exam_at text, patient_age text, device_id uuid, operator_name text,
  technologist_id uuid, institution_name text, priority text, first_received_at timestamptz,
  last_received_at timestamptz, oddities jsonb, search_text text, new_instances integer`;

/** Local times are the hospital's; a time that carries its offset is taken as it stands. */
const examAt = sql`case
  when r.exam_at is null then null
  when r.exam_at ~ '[+-][0-9]{2}:[0-9]{2}$' then r.exam_at::timestamptz
  else r.exam_at::timestamp at time zone h.time_zone end`;

const addExams = async ({ db, hospitalId }: UnitOfWork, rows: readonly object[]): Promise<void> => {
  if (rows.length === 0) return;
  await sql`
    insert into exam (hospital_id, exam_id, study_instance_uid, patient_id, accession_number, modality, description,
      body_part, exam_at, exam_at_is_known, patient_age, device_id, operator_name, technologist_id, institution_name,
      priority, first_received_at, last_received_at, instance_count, oddities, search_text)
    select h.hospital_id, r.exam_id, r.study_instance_uid, r.patient_id, r.accession_number, r.modality, r.description,
      r.body_part, coalesce(${examAt}, r.first_received_at), r.exam_at is not null, r.patient_age, r.device_id,
      r.operator_name, r.technologist_id, r.institution_name, r.priority, r.first_received_at, r.last_received_at,
      r.new_instances, r.oddities, r.search_text
    from ${recordRows(rows, columns)} join hospital h on h.hospital_id = ${hospitalId}`.execute(db);
};

const growExams = async ({ db, hospitalId }: UnitOfWork, rows: readonly object[], now: Date): Promise<void> => {
  if (rows.length === 0) return;
  await sql`
    update exam e set
      accession_number = r.accession_number, modality = r.modality, description = r.description,
      body_part = r.body_part, exam_at = coalesce(${examAt}, e.exam_at),
      exam_at_is_known = e.exam_at_is_known or r.exam_at is not null, patient_age = r.patient_age,
      device_id = r.device_id, operator_name = r.operator_name, technologist_id = r.technologist_id,
      institution_name = r.institution_name, priority = r.priority,
      first_received_at = least(e.first_received_at, r.first_received_at),
      last_received_at = greatest(e.last_received_at, r.last_received_at),
      instance_count = e.instance_count + r.new_instances, oddities = r.oddities, search_text = r.search_text,
      reopened_at = case when e.state = 'ready' then ${now} else e.reopened_at end,
      ready_at = null, state = 'receiving'
    from json_to_recordset(${jsonTextOf(rows)}::json) as r(${sql.raw(columns)})
      join hospital h on h.hospital_id = ${hospitalId}
    where e.hospital_id = ${hospitalId} and e.exam_id = r.exam_id`.execute(db);
};
