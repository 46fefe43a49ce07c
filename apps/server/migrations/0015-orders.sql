-- Orders (申请单): what is expected, how urgent it is, and the messages that told us.

create table imaging_order (
  hospital_id uuid not null references hospital,
  order_id uuid not null,
  -- Accession number, else the filler's, else the placer's number; with the scheduled step where one is told.
  order_key text not null check (order_key <> ''),
  accession_number text not null default '',
  placer_order_number text not null default '',
  filler_order_number text not null default '',
  requested_procedure_id text not null default '',
  scheduled_step_id text not null default '',
  study_instance_uid text not null default '',
  dicom_patient_id text not null default '',
  issuer text not null default '',
  -- As DICOM writes it, components between carets.
  patient_name text not null default '',
  patient_sex text,
  birth_date date,
  procedure_code text not null default '',
  procedure_name text not null default '',
  body_part text not null default '',
  modality text not null default '',
  priority text not null default 'unknown' check (priority in ('unknown', 'routine', 'emergency')),
  priority_code text not null default '',
  patient_class text not null default 'unknown'
    check (patient_class in ('unknown', 'outpatient', 'inpatient', 'emergency')),
  ward text not null default '',
  scheduled_at timestamptz,
  station_ae_title text not null default '',
  station_name text not null default '',
  referring_physician text not null default '',
  reason text not null default '',
  state text not null default 'expected'
    check (state in ('expected', 'started', 'arrived', 'done', 'cancelled', 'discontinued')),
  exam_id uuid,
  source text not null check (source in ('hl7', 'api', 'file')),
  -- When the sender wrote its newest word: an older one that comes late changes nothing.
  told_at timestamptz not null,
  received_at timestamptz not null,
  changed_at timestamptz not null,
  version integer not null default 1,
  primary key (hospital_id, order_id),
  unique (hospital_id, order_key),
  foreign key (hospital_id, exam_id) references exam
);
create index imaging_order_by_accession on imaging_order (hospital_id, accession_number) where accession_number <> '';
create index imaging_order_by_study on imaging_order (hospital_id, study_instance_uid) where study_instance_uid <> '';
create index imaging_order_by_patient on imaging_order (hospital_id, dicom_patient_id);
create index imaging_order_by_exam on imaging_order (hospital_id, exam_id) where exam_id is not null;
create index imaging_order_by_time on imaging_order (hospital_id, scheduled_at desc nulls last, order_id desc);
call bind_to_hospital('imaging_order');

-- Every message of the HL7 port, without its text; a broken one keeps its bytes until a person has looked.
create table hl7_message (
  hospital_id uuid not null references hospital,
  message_id uuid not null,
  received_at timestamptz not null,
  remote_address text not null default '',
  sending_application text not null default '',
  sending_facility text not null default '',
  control_id text not null default '',
  message_type text not null default '',
  size_bytes integer not null,
  sha256 bytea not null,
  state text not null check (state in ('processed', 'duplicate', 'ignored', 'refused')),
  reason_code text not null default '',
  reason text not null default '',
  orders integer not null default 0,
  raw bytea,
  seen_at timestamptz,
  seen_by uuid,
  primary key (hospital_id, message_id)
);
create index hl7_message_by_time on hl7_message (hospital_id, received_at desc, message_id desc);
create index hl7_message_control on hl7_message (hospital_id, control_id, sha256);
create index hl7_message_broken on hl7_message (hospital_id, received_at desc) where state = 'refused' and seen_at is null;
call bind_to_hospital('hl7_message');

-- Two numbers of one person, as the hospital says; the register keeps both beside each other.
create table patient_merge (
  hospital_id uuid not null references hospital,
  patient_merge_id uuid not null,
  kept_patient_id text not null check (kept_patient_id <> ''),
  merged_patient_id text not null check (merged_patient_id <> ''),
  told_at timestamptz not null,
  received_at timestamptz not null,
  message_id uuid,
  primary key (hospital_id, patient_merge_id),
  unique (hospital_id, kept_patient_id, merged_patient_id)
);
call bind_to_hospital('patient_merge', 'select, insert');

-- Who says how urgent an exam is: an order before the device's class.
alter table exam
  add column priority_source text not null default 'device' check (priority_source in ('device', 'order', 'person')),
  add column patient_class text not null default 'unknown'
    check (patient_class in ('unknown', 'outpatient', 'inpatient', 'emergency')),
  add column ward text not null default '';
