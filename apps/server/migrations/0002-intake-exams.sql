-- What was received, and the register (登记) made from it.

-- One row per object whose bytes are held; the path follows from object_id.
create table stored_object (
  hospital_id uuid not null references hospital,
  object_id text not null,
  sop_instance_uid text not null,
  sha256 bytea not null,
  size_bytes bigint not null,
  data_set_offset integer not null,
  transfer_syntax_uid text not null,
  door text not null check (door in ('dimse', 'stow', 'upload', 'folder', 'import')),
  calling_ae_title text not null default '',
  called_ae_title text not null default '',
  remote_address text not null default '',
  received_at timestamptz not null,
  primary key (hospital_id, object_id)
);
create index stored_object_uid on stored_object (hospital_id, sop_instance_uid);
call bind_to_hospital('stored_object');

-- Other bytes under a UID we already hold: kept apart and shown until a person has looked.
create table object_conflict (
  hospital_id uuid not null references hospital,
  object_id text not null,
  sop_instance_uid text not null,
  seen_at timestamptz,
  seen_by uuid,
  primary key (hospital_id, object_id),
  foreign key (hospital_id, object_id) references stored_object
);
create index object_conflict_uid on object_conflict (hospital_id, sop_instance_uid);
call bind_to_hospital('object_conflict');

create table quarantined_object (
  hospital_id uuid not null references hospital,
  object_id text not null,
  reason_code text not null,
  reason text not null,
  size_bytes bigint not null,
  sha256 bytea not null,
  door text not null,
  calling_ae_title text not null default '',
  called_ae_title text not null default '',
  remote_address text not null default '',
  file_name text not null default '',
  received_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'registered', 'dismissed')),
  decided_at timestamptz,
  decided_by uuid,
  decision_note text,
  primary key (hospital_id, object_id)
);
create index quarantined_object_waiting on quarantined_object (hospital_id, received_at desc) where state = 'waiting';
call bind_to_hospital('quarantined_object');

-- A browser upload that can be resumed: which files of it have arrived.
create table upload (
  hospital_id uuid not null references hospital,
  upload_id uuid not null,
  account_id uuid not null,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (hospital_id, upload_id)
);
call bind_to_hospital('upload');

create table upload_file (
  hospital_id uuid not null references hospital,
  upload_id uuid not null,
  file_key text not null,
  file_name text not null,
  size_bytes bigint not null,
  outcome text not null check (outcome in ('received', 'duplicate', 'conflict', 'quarantined', 'archive')),
  reason text,
  objects integer not null default 1,
  arrived_at timestamptz not null default now(),
  primary key (hospital_id, upload_id, file_key),
  foreign key (hospital_id, upload_id) references upload on delete cascade
);
call bind_to_hospital('upload_file');

create table patient (
  hospital_id uuid not null references hospital,
  patient_id uuid not null,
  dicom_patient_id text not null,
  issuer text not null default '',
  name text not null default '',
  name_pinyin text not null default '',
  sex text,
  birth_date date,
  created_at timestamptz not null default now(),
  primary key (hospital_id, patient_id),
  unique (hospital_id, dicom_patient_id, issuer, name)
);
call bind_to_hospital('patient');

create table exam (
  hospital_id uuid not null references hospital,
  exam_id uuid not null,
  study_instance_uid text not null,
  patient_id uuid not null,
  accession_number text not null default '',
  modality text not null default '',
  description text not null default '',
  body_part text not null default '',
  exam_at timestamptz not null,
  exam_at_is_known boolean not null default true,
  patient_age text not null default '',
  device_id uuid,
  operator_name text not null default '',
  technologist_id uuid,
  institution_name text not null default '',
  priority text not null default 'unknown' check (priority in ('unknown', 'routine', 'emergency')),
  state text not null default 'receiving' check (state in ('receiving', 'ready')),
  first_received_at timestamptz not null,
  last_received_at timestamptz not null,
  ready_at timestamptz,
  reopened_at timestamptz,
  series_count integer not null default 0,
  instance_count integer not null default 0,
  oddities jsonb not null default '[]',
  search_text text not null default '',
  version integer not null default 1,
  primary key (hospital_id, exam_id),
  unique (hospital_id, study_instance_uid),
  foreign key (hospital_id, patient_id) references patient,
  foreign key (hospital_id, device_id) references device (hospital_id, device_id),
  foreign key (hospital_id, technologist_id) references staff (hospital_id, staff_id)
) with (fillfactor = 85);
create index exam_by_time on exam (hospital_id, exam_at desc, exam_id desc);
create index exam_by_accession on exam (hospital_id, accession_number);
create index exam_by_patient on exam (hospital_id, patient_id);
create index exam_by_device on exam (hospital_id, device_id, exam_at desc, exam_id desc);
create index exam_by_modality on exam (hospital_id, modality, exam_at desc, exam_id desc);
create index exam_by_technologist on exam (hospital_id, technologist_id, exam_at desc, exam_id desc);
create index exam_by_operator on exam (hospital_id, operator_name);
-- Without last_received_at: an exam that grows by one more batch is updated without touching any index.
create index exam_receiving on exam (hospital_id, exam_at desc, exam_id desc) where state = 'receiving';
create extension if not exists pg_trgm;
create index exam_search on exam using gin (search_text gin_trgm_ops);
call bind_to_hospital('exam');

create table series (
  hospital_id uuid not null references hospital,
  series_instance_uid text not null,
  exam_id uuid not null,
  modality text not null default '',
  series_number integer,
  description text not null default '',
  protocol_name text not null default '',
  body_part text not null default '',
  instance_count integer not null default 0,
  -- A device that copies a series into a second study keeps the series UID: each exam has its own row.
  primary key (hospital_id, exam_id, series_instance_uid),
  foreign key (hospital_id, exam_id) references exam
);
create index series_by_uid on series (hospital_id, series_instance_uid);
call bind_to_hospital('series');

create table instance (
  hospital_id uuid not null references hospital,
  sop_instance_uid text not null,
  series_instance_uid text not null,
  exam_id uuid not null,
  object_id text not null,
  sop_class_uid text not null,
  instance_number integer,
  is_image boolean not null,
  facts jsonb not null,
  received_at timestamptz not null,
  primary key (hospital_id, sop_instance_uid),
  foreign key (hospital_id, exam_id) references exam,
  foreign key (hospital_id, object_id) references stored_object
);
create index instance_by_exam on instance (hospital_id, exam_id, series_instance_uid, instance_number);
create index instance_by_object on instance (hospital_id, object_id);
call bind_to_hospital('instance');

-- Time line of an exam, append-only.
create table exam_event (
  hospital_id uuid not null references hospital,
  exam_id uuid not null,
  exam_event_id bigint generated always as identity,
  at timestamptz not null,
  event text not null,
  facts jsonb not null default '{}',
  account_id uuid,
  primary key (hospital_id, exam_id, exam_event_id),
  foreign key (hospital_id, exam_id) references exam
);
call bind_to_hospital('exam_event', 'select, insert');

-- An operator name as it stands in headers, mapped to a person by a person.
create table operator_alias (
  hospital_id uuid not null references hospital,
  operator_name text not null,
  staff_id uuid not null,
  mapped_at timestamptz not null default now(),
  mapped_by uuid,
  primary key (hospital_id, operator_name),
  foreign key (hospital_id, staff_id) references staff (hospital_id, staff_id)
);
call bind_to_hospital('operator_alias');

-- A correction of the derived position, remembered per device.
create table position_mapping (
  hospital_id uuid not null references hospital,
  device_id uuid not null,
  mapping_key text not null,
  position_code text not null,
  mapped_at timestamptz not null default now(),
  mapped_by uuid,
  primary key (hospital_id, device_id, mapping_key),
  foreign key (hospital_id, device_id) references device (hospital_id, device_id)
);
call bind_to_hospital('position_mapping');
