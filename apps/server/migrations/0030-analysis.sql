-- What was measured of each film, which hints came of it, and what became of the hints.
-- Results are append-only: a new version of a method stands beside the old one.

-- What has to be measured: one row per image, dose report or series, per version of the set of methods.
create table analysis_task (
  hospital_id uuid not null references hospital,
  exam_id uuid not null,
  subject_uid text not null,
  subject_kind text not null check (subject_kind in ('instance', 'series')),
  analysis_version integer not null,
  -- 0 about to be reviewed, 1 arrived, 2 caught up
  priority smallint not null default 1 check (priority between 0 and 2),
  state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  attempts smallint not null default 0,
  queued_at timestamptz not null default now(),
  leased_until timestamptz,
  -- More objects came while it was being measured, or after.
  object_count integer not null default 1,
  primary key (hospital_id, exam_id, subject_uid, analysis_version),
  foreign key (hospital_id, exam_id) references exam
);
create index analysis_task_due on analysis_task (priority, queued_at) where state = 'waiting';
call bind_to_hospital('analysis_task');

create table analysis_run (
  hospital_id uuid not null references hospital,
  run_id uuid not null,
  exam_id uuid not null,
  subject_uid text not null,
  subject_kind text not null check (subject_kind in ('instance', 'series')),
  analysis_version integer not null,
  software_version text not null,
  input_sha256 text not null,
  object_count integer not null,
  -- Set when a thread hung or broke down on the file; the header may still have been read.
  failure_reason text,
  device_id uuid,
  position_code text,
  modality text not null default '',
  -- Patient's weight, for limits that follow the size.
  patient_weight_kg double precision,
  measured_at timestamptz not null,
  duration_ms integer not null,
  primary key (hospital_id, run_id),
  foreign key (hospital_id, exam_id) references exam
);
create index analysis_run_by_exam on analysis_run (hospital_id, exam_id, subject_uid, measured_at desc);
create index analysis_run_by_device on analysis_run (hospital_id, device_id, position_code, measured_at desc);
create index analysis_run_by_time on analysis_run (hospital_id, measured_at desc);
call bind_to_hospital('analysis_run', 'select, insert');

create table measurement (
  hospital_id uuid not null references hospital,
  run_id uuid not null,
  metric text not null,
  part text not null default '',
  value double precision not null,
  unit text not null,
  method text not null,
  method_version integer not null,
  place jsonb,
  primary key (hospital_id, run_id, metric, part),
  foreign key (hospital_id, run_id) references analysis_run
);
create index measurement_by_metric on measurement (hospital_id, metric, run_id);
call bind_to_hospital('measurement', 'select, insert');

create table not_measured (
  hospital_id uuid not null references hospital,
  run_id uuid not null,
  metric text not null,
  part text not null default '',
  reason text not null,
  primary key (hospital_id, run_id, metric, part),
  foreign key (hospital_id, run_id) references analysis_run
);
call bind_to_hospital('not_measured', 'select, insert');

create table finding (
  hospital_id uuid not null references hospital,
  finding_id uuid not null,
  run_id uuid not null,
  rule text not null,
  rule_version integer not null,
  severity text not null check (severity in ('info', 'notice', 'warning')),
  message jsonb not null,
  deduction text,
  evidence jsonb not null,
  -- The rule had silenced itself: kept for counting, not shown.
  is_silent boolean not null default false,
  primary key (hospital_id, finding_id),
  foreign key (hospital_id, run_id) references analysis_run
);
create index finding_by_run on finding (hospital_id, run_id);
create index finding_by_rule on finding (hospital_id, rule, rule_version);
call bind_to_hospital('finding', 'select, insert');

-- What a reader said of a hint; a change of mind stands beside, the last one counts.
create table finding_answer (
  hospital_id uuid not null references hospital,
  finding_id uuid not null,
  answer_id bigint generated always as identity,
  answer text not null check (answer in ('agree', 'disagree')),
  account_id uuid not null,
  at timestamptz not null,
  primary key (hospital_id, finding_id, answer_id),
  foreign key (hospital_id, finding_id) references finding
);
call bind_to_hospital('finding_answer', 'select, insert');

-- A rule that readers kept rejecting, and a person who gave it another chance.
create table rule_silence (
  hospital_id uuid not null references hospital,
  silence_id bigint generated always as identity,
  rule text not null,
  rule_version integer not null,
  act text not null check (act in ('silenced', 'lifted')),
  agreed integer not null default 0,
  rejected integer not null default 0,
  account_id uuid,
  at timestamptz not null,
  primary key (hospital_id, silence_id)
);
create index rule_silence_by_rule on rule_silence (hospital_id, rule, rule_version, silence_id desc);
call bind_to_hospital('rule_silence', 'select, insert');

create table dose_report (
  hospital_id uuid not null references hospital,
  run_id uuid not null,
  exam_id uuid not null,
  source text not null check (source in ('rdsr', 'enhanced-sr', 'header', 'dose-screen')),
  event_count integer not null,
  totals jsonb not null,
  dlp_mgy_cm double precision,
  highest_ctdi_vol_mgy double precision,
  dose_area_product_dgy_cm2 double precision,
  reference_point_dose_mgy double precision,
  average_glandular_dose_mgy double precision,
  -- What the reference levels are looked up by.
  region_words text not null default '',
  age_years double precision,
  primary key (hospital_id, run_id),
  foreign key (hospital_id, run_id) references analysis_run,
  foreign key (hospital_id, exam_id) references exam
);
create index dose_report_by_exam on dose_report (hospital_id, exam_id);
call bind_to_hospital('dose_report', 'select, insert');

create table dose_event (
  hospital_id uuid not null references hospital,
  run_id uuid not null,
  event_number integer not null,
  event_uid text,
  kind text not null,
  is_rejected boolean not null,
  is_repeated boolean not null,
  rejection_reason text,
  ctdi_vol_mgy double precision,
  dlp_mgy_cm double precision,
  ssde_mgy double precision,
  dose_area_product_dgy_cm2 double precision,
  reference_point_dose_mgy double precision,
  average_glandular_dose_mgy double precision,
  tube_voltage_kv double precision,
  exposure_mas double precision,
  -- Every figure as read.
  figures jsonb not null,
  primary key (hospital_id, run_id, event_number),
  foreign key (hospital_id, run_id) references dose_report
);
create index dose_event_by_uid on dose_event (hospital_id, event_uid);
call bind_to_hospital('dose_event', 'select, insert');
