import type { UnitOfWork } from '../platform/database.ts';
import { examFactsOf, patientFactsOf, type ExamFacts, type PatientFacts } from './exam-facts.ts';
import { findAliases } from './operator-aliases.repository.ts';
import { addExams, growExams, loadExams, type Oddity, type RegisteredExam } from './registered-exams.repository.ts';
import { newOrderedId } from './ordered-id.ts';
import type { ReadObject } from './read-received.ts';
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
  before: RegisteredExam | undefined,
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
