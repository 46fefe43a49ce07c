// Generated from the migrations by tools/generate-database-types.ts; a test asserts that it is current.
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';

export interface AccountTable {
  hospital_id: string;
  account_id: string;
  username: string;
  password_hash: string;
  must_change_password: Generated<boolean>;
  staff_id: string | null;
  display_name: string;
  roles: string[];
  locale: Generated<'zh-CN' | 'en'>;
  preferences: ColumnType<unknown, string | undefined, string>;
  failed_attempts: Generated<number>;
  locked_until: ColumnType<Date | null, Date | string | null, Date | string | null>;
  disabled_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

export interface AnalyserTable {
  hospital_id: string;
  analyser_id: string;
  code: string;
  name: string;
  address: string;
  token: Generated<string>;
  modalities: Generated<string[]>;
  position_codes: Generated<string[]>;
  timeout_ms: number;
  largest_megabytes: number;
  is_enabled: Generated<boolean>;
  failures_in_a_row: Generated<number>;
  resting_until: ColumnType<Date | null, Date | string | null, Date | string | null>;
  last_failure: string | null;
  last_failure_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  last_answer_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  version: Generated<number>;
  changed_at: ColumnType<Date, Date | string, Date | string>;
}

export interface AnalyserTaskTable {
  hospital_id: string;
  analyser_id: string;
  exam_id: string;
  subject_uid: string;
  subject_kind: 'instance' | 'series';
  analysis_version: number;
  state: Generated<'waiting' | 'done' | 'failed'>;
  attempts: Generated<number>;
  queued_at: ColumnType<Date, Date | string, Date | string>;
  leased_until: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

export interface AnalysisRunTable {
  hospital_id: string;
  run_id: string;
  exam_id: string;
  subject_uid: string;
  subject_kind: 'instance' | 'series';
  analysis_version: number;
  software_version: string;
  input_sha256: string;
  object_count: number;
  failure_reason: string | null;
  device_id: string | null;
  position_code: string | null;
  modality: Generated<string>;
  patient_weight_kg: number | null;
  measured_at: ColumnType<Date, Date | string, Date | string>;
  duration_ms: number;
  analyser_id: string | null;
}

export interface AnalysisTaskTable {
  hospital_id: string;
  exam_id: string;
  subject_uid: string;
  subject_kind: 'instance' | 'series';
  analysis_version: number;
  priority: Generated<number>;
  state: Generated<'waiting' | 'done' | 'failed'>;
  attempts: Generated<number>;
  queued_at: ColumnType<Date, Date | string | undefined, Date | string>;
  leased_until: ColumnType<Date | null, Date | string | null, Date | string | null>;
  object_count: Generated<number>;
}

export interface ApiTokenTable {
  hospital_id: string;
  token_id: string;
  name: string;
  token_sha256: Buffer;
  roles: string[];
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
  created_by: string | null;
  last_used_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  revoked_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

export interface AppealTable {
  hospital_id: string;
  appeal_id: string;
  film_id: string;
  reading_id: string;
  account_id: string;
  reason: string;
  state: Generated<'open' | 'upheld' | 'changed' | 'withdrawn'>;
  opened_at: ColumnType<Date, Date | string, Date | string>;
  closed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  grade_before: string;
  score_before: number | null;
  grade_after: string | null;
  score_after: number | null;
  decided_by_reading: string | null;
}

export interface AuditEntryTable {
  hospital_id: string;
  audit_id: GeneratedAlways<number>;
  at: ColumnType<Date, Date | string | undefined, Date | string>;
  account_id: string | null;
  actor: string;
  action: string;
  subject_kind: string;
  subject_id: string;
  facts: ColumnType<unknown, string | undefined, string>;
  request_id: string | null;
}

export interface AuditSealTable {
  hospital_id: string;
  seal_number: number;
  audit_id: number;
  previous_hash: Buffer;
  hash: Buffer;
  sealed_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

export interface CheckPolicyTable {
  hospital_id: string;
  version: number;
  is_self_check_on: boolean;
  cross_share: number;
  seed: string;
  effective_from: ColumnType<Date, Date | string, Date | string>;
  changed_by: string;
}

export interface CommitmentAskTable {
  hospital_id: string;
  transaction_uid: string;
  destination_id: string;
  asked_at: ColumnType<Date, Date | string, Date | string>;
  answered_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

export interface CommitmentAskItemTable {
  hospital_id: string;
  transaction_uid: string;
  sop_instance_uid: string;
  failure_reason: number | null;
}

export interface CommitmentItemTable {
  hospital_id: string;
  commitment_request_id: string;
  sop_instance_uid: string;
  sop_class_uid: string;
  failure_reason: number | null;
}

export interface CommitmentRequestTable {
  hospital_id: string;
  commitment_request_id: string;
  transaction_uid: string;
  calling_ae_title: string;
  received_at: ColumnType<Date, Date | string, Date | string>;
  state: Generated<'waiting' | 'decided' | 'reported' | 'undelivered'>;
  decided_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  reported_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  attempts: Generated<number>;
  next_attempt_at: ColumnType<Date, Date | string, Date | string>;
  answer: Generated<string>;
}

export interface ComplianceTaskTable {
  hospital_id: string;
  film_id: string;
  table_id: string;
  priority: Generated<number>;
  attempts: Generated<number>;
  queued_at: ColumnType<Date, Date | string, Date | string>;
  leased_until: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

export interface ComplianceVerdictTable {
  hospital_id: string;
  verdict_id: string;
  film_id: string;
  exam_id: string;
  subject_uid: string;
  device_id: string;
  table_id: string;
  table_version: number;
  rule_version: number;
  software_version: string;
  subject: string;
  phase: string | null;
  row_id: string | null;
  verdict: 'within' | 'deviates' | 'not-judged';
  reason: string | null;
  patient: ColumnType<unknown, string, string>;
  columns: ColumnType<unknown, string, string>;
  exam_at: ColumnType<Date, Date | string, Date | string>;
  judged_at: ColumnType<Date, Date | string, Date | string>;
}

export interface ConsoleLinkTable {
  hospital_id: string;
  link_id: string;
  device_id: string;
  code: string;
  created_at: ColumnType<Date, Date | string, Date | string>;
  created_by: string | null;
  ended_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

export interface ConsultationTable {
  hospital_id: string;
  consultation_id: string;
  exam_id: string;
  state: 'asked' | 'judging' | 'open' | 'signed' | 'declined' | 'withdrawn' | 'called-off';
  task_id: string | null;
  question: string;
  asked_by: string;
  asked_at: ColumnType<Date, Date | string, Date | string>;
  chair_account_id: string | null;
  convened_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  opened_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  closed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  closed_by: string | null;
  close_reason: Generated<string>;
  conclusion: Generated<string>;
}

export interface ConsultationEventTable {
  hospital_id: string;
  consultation_id: string;
  event_id: string;
  event: 'asked' | 'convened' | 'declined' | 'taken-back' | 'judged' | 'excused' | 'all-judged' | 'signed' | 'stopped';
  account_id: string;
  at: ColumnType<Date, Date | string, Date | string>;
}

export interface ConsultationFilmTable {
  hospital_id: string;
  consultation_id: string;
  number: number;
  film_id: string;
  is_current: Generated<boolean>;
  grade_before: 'A' | 'B' | 'C' | 'reject' | null;
  reading_id: string | null;
}

export interface ConsultationJudgeTable {
  hospital_id: string;
  consultation_id: string;
  account_id: string;
  name: string;
  post: Generated<string>;
  excused_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  excuse: Generated<string>;
}

export interface ConsultationNoteTable {
  hospital_id: string;
  consultation_id: string;
  note_id: string;
  account_id: string;
  text: string;
  at: ColumnType<Date, Date | string, Date | string>;
}

export interface ConsultationOpinionTable {
  hospital_id: string;
  consultation_id: string;
  number: number;
  account_id: string;
  opinion_id: string;
  at: ColumnType<Date, Date | string, Date | string>;
  seconds_spent: number;
  standard_id: string;
  standard_version: number;
  software_version: string;
  marks: ColumnType<unknown, string, string>;
  conditions_not_met: ColumnType<unknown, string, string>;
  places: ColumnType<unknown, string, string>;
  criteria: ColumnType<unknown, string, string>;
  note: string;
  override_reason: string | null;
  grade: 'A' | 'B' | 'C' | 'reject';
  score: number;
}

export interface ConsultationSignatureTable {
  hospital_id: string;
  consultation_id: string;
  account_id: string;
  signs: 'opinion' | 'outcome';
  name: string;
  at: ColumnType<Date, Date | string, Date | string>;
  digest: string;
}

export interface CopyVersionTable {
  hospital_id: string;
  copy_id: string;
  correction_ids: unknown;
  facts: ColumnType<unknown, string, string>;
  uid_salt: string | null;
  made_at: ColumnType<Date, Date | string, Date | string>;
}

export interface CorrectionTable {
  hospital_id: string;
  correction_id: string;
  kind: 'patient' | 'merge' | 'move' | 'side';
  source: 'person' | 'hl7';
  exam_id: string;
  target_exam_id: string | null;
  instance_uids: Generated<string[]>;
  before: ColumnType<unknown, string, string>;
  after: ColumnType<unknown, string, string>;
  reason: Generated<string>;
  undoes: string | null;
  patient_merge_id: string | null;
  state: 'proposed' | 'in-force' | 'refused' | 'undone';
  proposed_at: ColumnType<Date, Date | string, Date | string>;
  proposed_by: string | null;
  decided_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  decided_by: string | null;
  decide_note: Generated<string>;
}

export interface CrossCheckTable {
  hospital_id: string;
  film_id: string;
  account_id: string;
  shift: 'day' | 'evening' | 'night';
  policy_version: number;
  drawn_at: ColumnType<Date, Date | string, Date | string>;
  state: Generated<'open' | 'done' | 'lapsed'>;
  closed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

export interface DepartmentTable {
  hospital_id: string;
  department_id: string;
  name: string;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

export interface DestinationTable {
  hospital_id: string;
  destination_id: string;
  name: string;
  kind: 'dimse' | 'stow';
  ae_title: Generated<string>;
  host: Generated<string>;
  port: number | null;
  url: Generated<string>;
  secret: Generated<string>;
  is_enabled: Generated<boolean>;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
  version: Generated<number>;
  reject_recipe: Generated<'note' | 'task'>;
  undo_recipe: Generated<'resend' | 'revoke-note'>;
  confirmation: Generated<'status' | 're-query' | 'commitment'>;
  forward_rules: ColumnType<unknown, string | undefined, string>;
  coercion: ColumnType<unknown, string | undefined, string>;
  uses_tls: Generated<boolean>;
  correction_recipe: Generated<'follow' | 'note' | 'task'>;
  merge_recipe: Generated<'follow' | 'note' | 'task' | 'none'>;
}

export interface DestinationCircuitTable {
  hospital_id: string;
  destination_id: string;
  state: 'closed' | 'open' | 'half-open';
  failures: Generated<number>;
  next_trial_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  changed_at: ColumnType<Date, Date | string, Date | string>;
  last_answer: Generated<string>;
}

export interface DeviceTable {
  hospital_id: string;
  device_id: string;
  name: string;
  modality: Generated<string>;
  ae_title: string;
  station_name: Generated<string>;
  manufacturer: Generated<string>;
  model: Generated<string>;
  serial_number: Generated<string>;
  room_id: string | null;
  owner_staff_id: string | null;
  priority_class: 'routine' | 'emergency' | null;
  hold_minutes: number | null;
  named_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  named_by: string | null;
  first_seen_at: ColumnType<Date, Date | string | undefined, Date | string>;
  last_seen_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  version: Generated<number>;
}

export interface DeviceStreamTable {
  hospital_id: string;
  device_id: string;
  mode: Generated<'in-line' | 'beside' | 'fetch'>;
  care: Generated<'none' | 'icu' | 'intraoperative'>;
  changed_at: ColumnType<Date, Date | string, Date | string>;
  changed_by: string | null;
  version: Generated<number>;
}

export interface DicomApplicationTable {
  hospital_id: string;
  ae_title: string;
  name: Generated<string>;
  host: string;
  port: number;
  uses_tls: Generated<boolean>;
  changed_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

export interface DoseEventTable {
  hospital_id: string;
  run_id: string;
  event_number: number;
  event_uid: string | null;
  kind: string;
  is_rejected: boolean;
  is_repeated: boolean;
  rejection_reason: string | null;
  ctdi_vol_mgy: number | null;
  dlp_mgy_cm: number | null;
  ssde_mgy: number | null;
  dose_area_product_dgy_cm2: number | null;
  reference_point_dose_mgy: number | null;
  average_glandular_dose_mgy: number | null;
  tube_voltage_kv: number | null;
  exposure_mas: number | null;
  figures: ColumnType<unknown, string, string>;
}

export interface DoseReportTable {
  hospital_id: string;
  run_id: string;
  exam_id: string;
  source: 'rdsr' | 'enhanced-sr' | 'header' | 'dose-screen';
  event_count: number;
  totals: ColumnType<unknown, string, string>;
  dlp_mgy_cm: number | null;
  highest_ctdi_vol_mgy: number | null;
  dose_area_product_dgy_cm2: number | null;
  reference_point_dose_mgy: number | null;
  average_glandular_dose_mgy: number | null;
  region_words: Generated<string>;
  age_years: number | null;
}

export interface ExamTable {
  hospital_id: string;
  exam_id: string;
  study_instance_uid: string;
  patient_id: string;
  accession_number: Generated<string>;
  modality: Generated<string>;
  description: Generated<string>;
  body_part: Generated<string>;
  exam_at: ColumnType<Date, Date | string, Date | string>;
  exam_at_is_known: Generated<boolean>;
  patient_age: Generated<string>;
  device_id: string | null;
  operator_name: Generated<string>;
  technologist_id: string | null;
  institution_name: Generated<string>;
  priority: Generated<'unknown' | 'routine' | 'emergency'>;
  state: Generated<'receiving' | 'ready'>;
  first_received_at: ColumnType<Date, Date | string, Date | string>;
  last_received_at: ColumnType<Date, Date | string, Date | string>;
  ready_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  reopened_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  series_count: Generated<number>;
  instance_count: Generated<number>;
  oddities: ColumnType<unknown, string | undefined, string>;
  search_text: Generated<string>;
  version: Generated<number>;
  priority_source: Generated<'device' | 'order' | 'person'>;
  patient_class: Generated<'unknown' | 'outpatient' | 'inpatient' | 'emergency'>;
  ward: Generated<string>;
  copy_id: Generated<string>;
}

export interface ExamEventTable {
  hospital_id: string;
  exam_id: string;
  exam_event_id: GeneratedAlways<number>;
  at: ColumnType<Date, Date | string, Date | string>;
  event: string;
  facts: ColumnType<unknown, string | undefined, string>;
  account_id: string | null;
}

export interface FetchPlanTable {
  hospital_id: string;
  device_id: string;
  kind: 'dimse' | 'web';
  ae_title: Generated<string>;
  url: Generated<string>;
  secret: Generated<string>;
  from_hour: Generated<number>;
  to_hour: Generated<number>;
  exams_per_hour: Generated<number>;
  sample_percent: Generated<number>;
  look_back_hours: Generated<number>;
  is_enabled: Generated<boolean>;
  last_look_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  last_answer: Generated<string>;
  changed_at: ColumnType<Date, Date | string | undefined, Date | string>;
  version: Generated<number>;
}

export interface FetchTaskTable {
  hospital_id: string;
  study_instance_uid: string;
  device_id: string;
  state: 'found' | 'not-sampled' | 'fetched' | 'failed' | 'given-up';
  attempts: Generated<number>;
  found_at: ColumnType<Date, Date | string, Date | string>;
  next_attempt_at: ColumnType<Date, Date | string, Date | string>;
  fetched_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  objects: Generated<number>;
  answer: Generated<string>;
}

export interface FilmTable {
  hospital_id: string;
  film_id: string;
  exam_id: string;
  kind: 'image' | 'exam';
  sop_instance_uid: string | null;
  position_code: string | null;
  laterality: string | null;
  position_source: Generated<'unknown' | 'derived' | 'remembered' | 'person'>;
  mapping_key: Generated<string>;
  state: Generated<string>;
  is_missed_review: Generated<boolean>;
  grade: 'A' | 'B' | 'C' | 'reject' | null;
  score: number | null;
  reading_id: string | null;
  graded_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  day: string;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
  version: Generated<number>;
}

export interface FilmCheckTable {
  hospital_id: string;
  check_id: string;
  film_id: string;
  kind: 'self' | 'cross';
  account_id: string;
  at: ColumnType<Date, Date | string, Date | string>;
  seconds_spent: number;
  verdict: 'fit' | 'doubtful' | 'repeat';
  reason_code: string | null;
  note: Generated<string>;
}

export interface FilmLockTable {
  hospital_id: string;
  film_id: string;
  account_id: string;
  taken_at: ColumnType<Date, Date | string | undefined, Date | string>;
  expires_at: ColumnType<Date, Date | string, Date | string>;
}

export interface FindingTable {
  hospital_id: string;
  finding_id: string;
  run_id: string;
  rule: string;
  rule_version: number;
  severity: 'info' | 'notice' | 'warning';
  message: ColumnType<unknown, string, string>;
  deduction: string | null;
  evidence: ColumnType<unknown, string, string>;
  is_silent: Generated<boolean>;
}

export interface FindingAnswerTable {
  hospital_id: string;
  finding_id: string;
  answer_id: GeneratedAlways<number>;
  answer: 'agree' | 'disagree';
  account_id: string;
  at: ColumnType<Date, Date | string, Date | string>;
}

export interface ForwardTable {
  hospital_id: string;
  forward_id: GeneratedAlways<number>;
  exam_id: string;
  sop_instance_uid: string;
  destination_id: string;
  state: Generated<string>;
  attempts: Generated<number>;
  next_attempt_at: ColumnType<Date, Date | string | undefined, Date | string>;
  answer_code: string | null;
  answer_text: string | null;
  queued_at: ColumnType<Date, Date | string | undefined, Date | string>;
  answered_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  is_doubtful: Generated<boolean>;
  checks: Generated<number>;
  copy_id: Generated<string>;
  superseded: 'worklist' | 'safety' | null;
  superseded_recipe: 'follow' | 'note' | 'task' | 'none' | null;
}

export interface GateTable {
  hospital_id: string;
  exam_id: string;
  state: string;
  hold_reason: Generated<string>;
  held_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  hold_until: ColumnType<Date | null, Date | string | null, Date | string | null>;
  released_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  release_reason: string | null;
  released_by: string | null;
  version: Generated<number>;
  hold_mode: Generated<'until-graded' | 'until-clear' | 'review-afterwards' | 'sampled'>;
  rule_name: Generated<string>;
  policy_version: number | null;
  escalate_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  escalated_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  escalated_to: string | null;
}

export interface GateOpeningTable {
  hospital_id: string;
  gate_opening_id: GeneratedAlways<number>;
  because: 'reviewers-absent' | 'degraded' | 'queue-full';
  opened_at: ColumnType<Date, Date | string, Date | string>;
  closed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  facts: ColumnType<unknown, string | undefined, string>;
}

export interface Hl7MessageTable {
  hospital_id: string;
  message_id: string;
  received_at: ColumnType<Date, Date | string, Date | string>;
  remote_address: Generated<string>;
  sending_application: Generated<string>;
  sending_facility: Generated<string>;
  control_id: Generated<string>;
  message_type: Generated<string>;
  size_bytes: number;
  sha256: Buffer;
  state: 'processed' | 'duplicate' | 'ignored' | 'refused';
  reason_code: Generated<string>;
  reason: Generated<string>;
  orders: Generated<number>;
  raw: Buffer | null;
  seen_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  seen_by: string | null;
}

export interface HoldPolicyTable {
  hospital_id: string;
  version: number;
  content: ColumnType<unknown, string, string>;
  note: Generated<string>;
  published_at: ColumnType<Date, Date | string, Date | string>;
  published_by: string | null;
}

export interface HospitalTable {
  hospital_id: string;
  name: string;
  name_en: Generated<string>;
  time_zone: Generated<string>;
  set_up_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

export interface HospitalPositionTable {
  hospital_id: string;
  code: string;
  version: number;
  content: ColumnType<unknown, string, string>;
  is_verified: Generated<boolean>;
  changed_at: ColumnType<Date, Date | string, Date | string>;
  changed_by: string | null;
}

export interface HospitalPositionSetTable {
  hospital_id: string;
  set_code: string;
  version: number;
  members: ColumnType<unknown, string, string>;
  is_confirmed: Generated<boolean>;
  changed_at: ColumnType<Date, Date | string, Date | string>;
  changed_by: string | null;
}

export interface HospitalSettingTable {
  hospital_id: string;
  key: string;
  value: ColumnType<unknown, string, string>;
  changed_at: ColumnType<Date, Date | string | undefined, Date | string>;
  changed_by: string | null;
}

export interface ImagingOrderTable {
  hospital_id: string;
  order_id: string;
  order_key: string;
  accession_number: Generated<string>;
  placer_order_number: Generated<string>;
  filler_order_number: Generated<string>;
  requested_procedure_id: Generated<string>;
  scheduled_step_id: Generated<string>;
  study_instance_uid: Generated<string>;
  dicom_patient_id: Generated<string>;
  issuer: Generated<string>;
  patient_name: Generated<string>;
  patient_sex: string | null;
  birth_date: string | null;
  procedure_code: Generated<string>;
  procedure_name: Generated<string>;
  body_part: Generated<string>;
  modality: Generated<string>;
  priority: Generated<'unknown' | 'routine' | 'emergency'>;
  priority_code: Generated<string>;
  patient_class: Generated<'unknown' | 'outpatient' | 'inpatient' | 'emergency'>;
  ward: Generated<string>;
  scheduled_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  station_ae_title: Generated<string>;
  station_name: Generated<string>;
  referring_physician: Generated<string>;
  reason: Generated<string>;
  state: Generated<'expected' | 'started' | 'arrived' | 'done' | 'cancelled' | 'discontinued'>;
  exam_id: string | null;
  source: 'hl7' | 'api' | 'file';
  told_at: ColumnType<Date, Date | string, Date | string>;
  received_at: ColumnType<Date, Date | string, Date | string>;
  changed_at: ColumnType<Date, Date | string, Date | string>;
  version: Generated<number>;
}

export interface IncidentTable {
  hospital_id: string;
  incident_id: string;
  kind: string;
  severity: number | null;
  happened_at: ColumnType<Date, Date | string, Date | string>;
  opened_at: ColumnType<Date, Date | string, Date | string>;
  opened_by: string | null;
  exam_id: string | null;
  film_id: string | null;
  reading_id: string | null;
  description: Generated<string>;
  follow_up: Generated<string>;
  closed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  closed_by: string | null;
  version: Generated<number>;
}

export interface InstanceTable {
  hospital_id: string;
  sop_instance_uid: string;
  series_instance_uid: string;
  exam_id: string;
  object_id: string;
  sop_class_uid: string;
  instance_number: number | null;
  is_image: boolean;
  facts: ColumnType<unknown, string, string>;
  received_at: ColumnType<Date, Date | string, Date | string>;
  copy_id: Generated<string>;
}

export interface JobTable {
  hospital_id: string;
  job_id: GeneratedAlways<number>;
  name: string;
  payload: ColumnType<unknown, string, string>;
  state: Generated<'waiting' | 'done' | 'dead'>;
  attempts: Generated<number>;
  run_after: ColumnType<Date, Date | string | undefined, Date | string>;
  last_error: string | null;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
  done_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

export interface MailTable {
  hospital_id: string;
  mail_id: string;
  account_id: string;
  address: string;
  day: string;
  notice_count: number;
  state: Generated<'waiting' | 'sent' | 'failed'>;
  attempts: Generated<number>;
  next_attempt_at: ColumnType<Date, Date | string, Date | string>;
  last_error: string | null;
  created_at: ColumnType<Date, Date | string, Date | string>;
  sent_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

export interface MailAddressTable {
  hospital_id: string;
  account_id: string;
  address: string;
  is_wanted: Generated<boolean>;
}

export interface MeasurementTable {
  hospital_id: string;
  run_id: string;
  metric: string;
  part: Generated<string>;
  value: number;
  unit: string;
  method: string;
  method_version: number;
  place: ColumnType<unknown, string | null, string | null>;
}

export interface MeetingTable {
  hospital_id: string;
  meeting_id: string;
  title: string;
  leader_account_id: string;
  opened_at: ColumnType<Date, Date | string, Date | string>;
  closed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  join_code: string;
  decide_by: 'leader' | 'majority';
  current_film: Generated<number>;
  phase: Generated<'look' | 'voting' | 'revealed'>;
  planned_minutes: Generated<number>;
  typed_code: string | null;
  minimum_votes: Generated<number>;
}

export interface MeetingAttendeeTable {
  hospital_id: string;
  meeting_id: string;
  attendee_id: string;
  staff_id: string;
  token: string | null;
  joined_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

export interface MeetingFilmTable {
  hospital_id: string;
  meeting_id: string;
  number: number;
  film_id: string;
  decided_grade: 'A' | 'B' | 'C' | 'reject' | null;
  decided_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  reading_id: string | null;
  note: Generated<string>;
  is_kept_for_teaching: Generated<boolean>;
  because: Generated<'disputed' | 'rejected' | 'chosen'>;
  grade_before: 'A' | 'B' | 'C' | 'reject' | null;
}

export interface MeetingNoteTable {
  hospital_id: string;
  meeting_id: string;
  note_id: string;
  number: number | null;
  text: string;
  at: ColumnType<Date, Date | string, Date | string>;
}

export interface MeetingVoteTable {
  hospital_id: string;
  meeting_id: string;
  number: number;
  attendee_id: string;
  grade: 'A' | 'B' | 'C' | 'reject';
  at: ColumnType<Date, Date | string, Date | string>;
  reason: Generated<string>;
}

export interface NotMeasuredTable {
  hospital_id: string;
  run_id: string;
  metric: string;
  part: Generated<string>;
  reason: string;
}

export interface NoticeTable {
  hospital_id: string;
  notice_id: string;
  account_id: string;
  kind: 'reject' | 'appeal-opened' | 'appeal-decided' | 'ruling' | 'digest' | 'consultation-asked' | 'consultation-called' | 'consultation-open' | 'consultation-signed' | 'consultation-closed';
  film_id: string | null;
  facts: ColumnType<unknown, string | undefined, string>;
  at: ColumnType<Date, Date | string, Date | string>;
  read_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

export interface ObjectConflictTable {
  hospital_id: string;
  object_id: string;
  sop_instance_uid: string;
  seen_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  seen_by: string | null;
}

export interface OperatorAliasTable {
  hospital_id: string;
  operator_name: string;
  staff_id: string;
  mapped_at: ColumnType<Date, Date | string | undefined, Date | string>;
  mapped_by: string | null;
}

export interface ParameterSignatureTable {
  hospital_id: string;
  table_id: string;
  edition: number;
  role: 'owner' | 'leader';
  account_id: string;
  staff_id: string | null;
  signer_name: string;
  content_sha256: string;
  signed_at: ColumnType<Date, Date | string, Date | string>;
}

export interface ParameterTableTable {
  hospital_id: string;
  table_id: string;
  device_id: string;
  version: number;
  state: Generated<'draft' | 'owner-signed' | 'leader-signed' | 'in-force' | 'superseded' | 'dropped'>;
  content: ColumnType<unknown, string, string>;
  drafted_from_films: Generated<number>;
  drafted_from_first: ColumnType<Date | null, Date | string | null, Date | string | null>;
  drafted_from_last: ColumnType<Date | null, Date | string | null, Date | string | null>;
  based_on_version: number | null;
  edition: Generated<number>;
  note: Generated<string>;
  created_at: ColumnType<Date, Date | string, Date | string>;
  created_by: string | null;
  changed_at: ColumnType<Date, Date | string, Date | string>;
  changed_by: string | null;
  in_force_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  superseded_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

export interface PatientTable {
  hospital_id: string;
  patient_id: string;
  dicom_patient_id: string;
  issuer: Generated<string>;
  name: Generated<string>;
  name_pinyin: Generated<string>;
  sex: string | null;
  birth_date: string | null;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

export interface PatientMergeTable {
  hospital_id: string;
  patient_merge_id: string;
  kept_patient_id: string;
  merged_patient_id: string;
  told_at: ColumnType<Date, Date | string, Date | string>;
  received_at: ColumnType<Date, Date | string, Date | string>;
  message_id: string | null;
}

export interface PerformedImageTable {
  hospital_id: string;
  performed_step_id: string;
  sop_instance_uid: string;
  sop_class_uid: Generated<string>;
  series_instance_uid: Generated<string>;
}

export interface PerformedStepTable {
  hospital_id: string;
  performed_step_id: string;
  sop_instance_uid: string;
  calling_ae_title: Generated<string>;
  station_ae_title: Generated<string>;
  station_name: Generated<string>;
  device_id: string | null;
  step_number: Generated<string>;
  modality: Generated<string>;
  study_instance_uid: Generated<string>;
  accession_number: Generated<string>;
  dicom_patient_id: Generated<string>;
  state: Generated<'in-progress' | 'completed' | 'discontinued'>;
  started_at: ColumnType<Date, Date | string, Date | string>;
  ended_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  reason_code: Generated<string>;
  exposures: number | null;
  exam_id: string | null;
  content: ColumnType<unknown, string, string>;
  created_at: ColumnType<Date, Date | string, Date | string>;
  changed_at: ColumnType<Date, Date | string, Date | string>;
}

export interface PositionMappingTable {
  hospital_id: string;
  device_id: string;
  mapping_key: string;
  position_code: string;
  mapped_at: ColumnType<Date, Date | string | undefined, Date | string>;
  mapped_by: string | null;
}

export interface QuarantinedObjectTable {
  hospital_id: string;
  object_id: string;
  reason_code: string;
  reason: string;
  size_bytes: number;
  sha256: Buffer;
  door: string;
  calling_ae_title: Generated<string>;
  called_ae_title: Generated<string>;
  remote_address: Generated<string>;
  file_name: Generated<string>;
  received_at: ColumnType<Date, Date | string, Date | string>;
  state: Generated<'waiting' | 'registered' | 'dismissed'>;
  decided_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  decided_by: string | null;
  decision_note: string | null;
}

export interface ReadingTable {
  hospital_id: string;
  reading_id: string;
  film_id: string;
  act: 'grade' | 'withdrawal';
  withdraws: string | null;
  account_id: string;
  at: ColumnType<Date, Date | string | undefined, Date | string>;
  seconds_spent: number | null;
  standard_id: string;
  standard_version: number;
  software_version: string;
  marks: ColumnType<unknown, string | undefined, string>;
  conditions_not_met: ColumnType<unknown, string | undefined, string>;
  score: number | null;
  grade_by_score: string | null;
  grade_by_cap: string | null;
  grade_by_conditions: string | null;
  decided_by: string | null;
  grade: 'A' | 'B' | 'C' | 'reject' | null;
  override_reason: string | null;
  reject_reason_code: string | null;
  affects_diagnosis: 'repeat' | 'no-repeat' | null;
  note: Generated<string>;
  places: ColumnType<unknown, string | undefined, string>;
  is_late: Generated<boolean>;
  kind: Generated<'first' | 'second' | 'repeat' | 'ruling' | 'appeal' | 'meeting' | 'consultation'>;
  task_id: string | null;
  criteria: ColumnType<unknown, string | undefined, string>;
  is_bulk: Generated<boolean>;
  series_marks: ColumnType<unknown, string | undefined, string>;
  reject_title: Generated<'quality' | 'safety' | 'worklist'>;
}

export interface ReadingAcknowledgementTable {
  hospital_id: string;
  reading_id: string;
  account_id: string;
  at: ColumnType<Date, Date | string, Date | string>;
}

export interface ReadingDraftTable {
  hospital_id: string;
  film_id: string;
  account_id: string;
  content: ColumnType<unknown, string, string>;
  saved_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

export interface RejectionTable {
  hospital_id: string;
  rejection_id: string;
  exam_id: string;
  destination_id: string;
  title: 'quality' | 'safety' | 'worklist' | 'revoke';
  reason_code: Generated<string>;
  revokes: string | null;
  instance_uids: string[];
  sop_instance_uid: string | null;
  content: Buffer | null;
  state: 'queued' | 'sending' | 'failed' | 'refused' | 'sent' | 'hidden' | 'visible' | 'task' | 'done' | 'taken-back';
  attempts: Generated<number>;
  next_attempt_at: ColumnType<Date, Date | string, Date | string>;
  answer_code: string | null;
  answer_text: string | null;
  made_at: ColumnType<Date, Date | string, Date | string>;
  made_by: string | null;
  sent_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  checked_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  still_visible: number | null;
  closed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  closed_by: string | null;
  close_note: string | null;
  copy_id: Generated<string>;
}

export interface RepeatOrderTable {
  hospital_id: string;
  repeat_order_id: string;
  film_id: string;
  exam_id: string;
  reading_id: string;
  reason_code: string;
  state: Generated<'open' | 'done' | 'cancelled'>;
  opened_at: ColumnType<Date, Date | string | undefined, Date | string>;
  closed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  closed_by: string | null;
  close_note: string | null;
  replacement_film_id: string | null;
  link_source: 'accession' | 'device' | 'person' | null;
  linked_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  linked_by: string | null;
  cancel_reason: 'patient-left' | 'radiologist-accepts' | 'not-needed' | 'duplicate' | 'other' | 'grade-withdrawn' | null;
}

export interface ReviewPolicyTable {
  hospital_id: string;
  version: number;
  content: ColumnType<unknown, string, string>;
  seed: string;
  effective_from: ColumnType<Date, Date | string | undefined, Date | string>;
  changed_by: string | null;
}

export interface ReviewStandardTable {
  hospital_id: string;
  standard_id: string;
  version: number;
  content: ColumnType<unknown, string, string>;
  effective_from: ColumnType<Date, Date | string, Date | string>;
  published_by: string | null;
  published_at: ColumnType<Date, Date | string | undefined, Date | string>;
  note: Generated<string>;
}

export interface ReviewTaskTable {
  hospital_id: string;
  task_id: string;
  film_id: string;
  kind: 'second' | 'repeat' | 'arbitration' | 'appeal';
  state: Generated<'open' | 'done' | 'void'>;
  for_account: string | null;
  first_reading_id: string;
  second_reading_id: string | null;
  disagreements: ColumnType<unknown, string | undefined, string>;
  appeal_id: string | null;
  created_at: ColumnType<Date, Date | string, Date | string>;
  closed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  reading_id: string | null;
}

export interface RoomTable {
  hospital_id: string;
  room_id: string;
  department_id: string | null;
  name: string;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

export interface RuleSilenceTable {
  hospital_id: string;
  silence_id: GeneratedAlways<number>;
  rule: string;
  rule_version: number;
  act: 'silenced' | 'lifted';
  agreed: Generated<number>;
  rejected: Generated<number>;
  account_id: string | null;
  at: ColumnType<Date, Date | string, Date | string>;
}

export interface SamplingDrawTable {
  hospital_id: string;
  draw_id: string;
  drawn_at: ColumnType<Date, Date | string, Date | string>;
  drawn_by: string | null;
  from_day: string;
  to_day: string;
  policy_version: number;
  plan: ColumnType<unknown, string, string>;
  seed: string;
  strata: ColumnType<unknown, string, string>;
  candidate_count: number;
  drawn_count: number;
  applied_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

export interface SamplingStratumTable {
  hospital_id: string;
  draw_id: string;
  stratum: string;
  film_ids: unknown;
  because: string[];
  facts: ColumnType<unknown, string, string>;
}

export interface SeriesTable {
  hospital_id: string;
  series_instance_uid: string;
  exam_id: string;
  modality: Generated<string>;
  series_number: number | null;
  description: Generated<string>;
  protocol_name: Generated<string>;
  body_part: Generated<string>;
  instance_count: Generated<number>;
}

export interface SessionTable {
  hospital_id: string;
  token_sha256: Buffer;
  account_id: string;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
  last_seen_at: ColumnType<Date, Date | string | undefined, Date | string>;
  expires_at: ColumnType<Date, Date | string, Date | string>;
}

export interface StaffTable {
  hospital_id: string;
  staff_id: string;
  staff_number: string;
  name: string;
  name_pinyin: Generated<string>;
  post: Generated<string>;
  is_active: Generated<boolean>;
  created_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

export interface StandardDraftTable {
  hospital_id: string;
  draft_id: string;
  based_on_version: number;
  content: ColumnType<unknown, string, string>;
  version: Generated<number>;
  created_at: ColumnType<Date, Date | string, Date | string>;
  changed_at: ColumnType<Date, Date | string, Date | string>;
  changed_by: string | null;
  published_version: number | null;
}

export interface StoredObjectTable {
  hospital_id: string;
  object_id: string;
  sop_instance_uid: string;
  sha256: Buffer;
  size_bytes: number;
  data_set_offset: number;
  transfer_syntax_uid: string;
  door: 'dimse' | 'stow' | 'upload' | 'folder' | 'import';
  calling_ae_title: Generated<string>;
  called_ae_title: Generated<string>;
  remote_address: Generated<string>;
  received_at: ColumnType<Date, Date | string, Date | string>;
}

export interface SupervisionTable {
  hospital_id: string;
  trainee_staff_id: string;
  from_day: string;
  to_day: string | null;
  supervisor_staff_id: string;
}

export interface TeachingAnswerTable {
  hospital_id: string;
  attempt_id: string;
  case_id: string;
  grade: 'A' | 'B' | 'C' | 'reject';
  defects: string[];
  points: number;
  answered_at: ColumnType<Date, Date | string, Date | string>;
}

export interface TeachingAttemptTable {
  hospital_id: string;
  attempt_id: string;
  account_id: string;
  collection_name: string;
  case_ids: unknown;
  started_at: ColumnType<Date, Date | string, Date | string>;
  finished_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

export interface TeachingCaseTable {
  hospital_id: string;
  case_id: string;
  code: string;
  state: Generated<'requested' | 'failed' | 'prepared' | 'confirmed' | 'refused'>;
  film_id: string;
  meeting_id: string | null;
  title: Generated<string>;
  explanation: Generated<string>;
  tags: Generated<string[]>;
  modality: string;
  position_code: string | null;
  laterality: string | null;
  grade: 'A' | 'B' | 'C' | 'reject';
  score: number | null;
  defects: ColumnType<unknown, string | undefined, string>;
  criteria: ColumnType<unknown, string | undefined, string>;
  places: ColumnType<unknown, string | undefined, string>;
  standard_id: string | null;
  standard_version: number | null;
  dates: 'removed' | 'moved';
  keeps_characteristics: boolean;
  masks_corners: boolean;
  regions: ColumnType<unknown, string | undefined, string>;
  report: ColumnType<unknown, string | null, string | null>;
  requested_by: string | null;
  requested_at: ColumnType<Date, Date | string, Date | string>;
  prepared_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  confirmed_by: string | null;
  confirmed_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  version: Generated<number>;
}

export interface TeachingCollectionTable {
  hospital_id: string;
  collection_id: string;
  name: string;
  description: Generated<string>;
  created_by: string | null;
  created_at: ColumnType<Date, Date | string, Date | string>;
}

export interface TeachingCollectionCaseTable {
  hospital_id: string;
  collection_id: string;
  case_id: string;
  added_at: ColumnType<Date, Date | string, Date | string>;
}

export interface TeachingObjectTable {
  hospital_id: string;
  object_id: string;
  case_id: string;
  number: number;
  sop_instance_uid: string;
  sop_class_uid: string;
  sha256: Buffer;
  size_bytes: number;
  data_set_offset: number;
  transfer_syntax_uid: string;
  rows: number;
  columns: number;
  number_of_frames: number;
}

export interface TypedDoseTable {
  hospital_id: string;
  typed_dose_id: string;
  exam_id: string;
  subject_uid: string;
  dlp_mgy_cm: number | null;
  highest_ctdi_vol_mgy: number | null;
  dose_area_product_dgy_cm2: number | null;
  reference_point_dose_mgy: number | null;
  average_glandular_dose_mgy: number | null;
  is_withdrawn: Generated<boolean>;
  typed_by: string;
  typed_by_name: string;
  typed_at: ColumnType<Date, Date | string, Date | string>;
}

export interface UploadTable {
  hospital_id: string;
  upload_id: string;
  account_id: string;
  started_at: ColumnType<Date, Date | string | undefined, Date | string>;
  finished_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

export interface UploadFileTable {
  hospital_id: string;
  upload_id: string;
  file_key: string;
  file_name: string;
  size_bytes: number;
  outcome: 'received' | 'duplicate' | 'conflict' | 'quarantined' | 'archive';
  reason: string | null;
  objects: Generated<number>;
  arrived_at: ColumnType<Date, Date | string | undefined, Date | string>;
}

export interface DatabaseSchema {
  account: AccountTable;
  analyser: AnalyserTable;
  analyser_task: AnalyserTaskTable;
  analysis_run: AnalysisRunTable;
  analysis_task: AnalysisTaskTable;
  api_token: ApiTokenTable;
  appeal: AppealTable;
  audit_entry: AuditEntryTable;
  audit_seal: AuditSealTable;
  check_policy: CheckPolicyTable;
  commitment_ask: CommitmentAskTable;
  commitment_ask_item: CommitmentAskItemTable;
  commitment_item: CommitmentItemTable;
  commitment_request: CommitmentRequestTable;
  compliance_task: ComplianceTaskTable;
  compliance_verdict: ComplianceVerdictTable;
  console_link: ConsoleLinkTable;
  consultation: ConsultationTable;
  consultation_event: ConsultationEventTable;
  consultation_film: ConsultationFilmTable;
  consultation_judge: ConsultationJudgeTable;
  consultation_note: ConsultationNoteTable;
  consultation_opinion: ConsultationOpinionTable;
  consultation_signature: ConsultationSignatureTable;
  copy_version: CopyVersionTable;
  correction: CorrectionTable;
  cross_check: CrossCheckTable;
  department: DepartmentTable;
  destination: DestinationTable;
  destination_circuit: DestinationCircuitTable;
  device: DeviceTable;
  device_stream: DeviceStreamTable;
  dicom_application: DicomApplicationTable;
  dose_event: DoseEventTable;
  dose_report: DoseReportTable;
  exam: ExamTable;
  exam_event: ExamEventTable;
  fetch_plan: FetchPlanTable;
  fetch_task: FetchTaskTable;
  film: FilmTable;
  film_check: FilmCheckTable;
  film_lock: FilmLockTable;
  finding: FindingTable;
  finding_answer: FindingAnswerTable;
  forward: ForwardTable;
  gate: GateTable;
  gate_opening: GateOpeningTable;
  hl7_message: Hl7MessageTable;
  hold_policy: HoldPolicyTable;
  hospital: HospitalTable;
  hospital_position: HospitalPositionTable;
  hospital_position_set: HospitalPositionSetTable;
  hospital_setting: HospitalSettingTable;
  imaging_order: ImagingOrderTable;
  incident: IncidentTable;
  instance: InstanceTable;
  job: JobTable;
  mail: MailTable;
  mail_address: MailAddressTable;
  measurement: MeasurementTable;
  meeting: MeetingTable;
  meeting_attendee: MeetingAttendeeTable;
  meeting_film: MeetingFilmTable;
  meeting_note: MeetingNoteTable;
  meeting_vote: MeetingVoteTable;
  not_measured: NotMeasuredTable;
  notice: NoticeTable;
  object_conflict: ObjectConflictTable;
  operator_alias: OperatorAliasTable;
  parameter_signature: ParameterSignatureTable;
  parameter_table: ParameterTableTable;
  patient: PatientTable;
  patient_merge: PatientMergeTable;
  performed_image: PerformedImageTable;
  performed_step: PerformedStepTable;
  position_mapping: PositionMappingTable;
  quarantined_object: QuarantinedObjectTable;
  reading: ReadingTable;
  reading_acknowledgement: ReadingAcknowledgementTable;
  reading_draft: ReadingDraftTable;
  rejection: RejectionTable;
  repeat_order: RepeatOrderTable;
  review_policy: ReviewPolicyTable;
  review_standard: ReviewStandardTable;
  review_task: ReviewTaskTable;
  room: RoomTable;
  rule_silence: RuleSilenceTable;
  sampling_draw: SamplingDrawTable;
  sampling_stratum: SamplingStratumTable;
  series: SeriesTable;
  session: SessionTable;
  staff: StaffTable;
  standard_draft: StandardDraftTable;
  stored_object: StoredObjectTable;
  supervision: SupervisionTable;
  teaching_answer: TeachingAnswerTable;
  teaching_attempt: TeachingAttemptTable;
  teaching_case: TeachingCaseTable;
  teaching_collection: TeachingCollectionTable;
  teaching_collection_case: TeachingCollectionCaseTable;
  teaching_object: TeachingObjectTable;
  typed_dose: TypedDoseTable;
  upload: UploadTable;
  upload_file: UploadFileTable;
}
