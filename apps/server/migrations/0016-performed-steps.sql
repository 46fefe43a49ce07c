-- What the modalities themselves say of their work (MPPS).

create table performed_step (
  hospital_id uuid not null references hospital,
  performed_step_id uuid not null,
  sop_instance_uid text not null,
  calling_ae_title text not null default '',
  station_ae_title text not null default '',
  station_name text not null default '',
  device_id uuid,
  step_number text not null default '',
  modality text not null default '',
  study_instance_uid text not null default '',
  accession_number text not null default '',
  dicom_patient_id text not null default '',
  state text not null default 'in-progress' check (state in ('in-progress', 'completed', 'discontinued')),
  started_at timestamptz not null,
  ended_at timestamptz,
  reason_code text not null default '',
  -- Total number of exposures (0040,0301), or the items of the exposure dose sequence.
  exposures integer,
  exam_id uuid,
  -- As the modality sent it, in the DICOM JSON model; N-SET adds to it.
  content jsonb not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  primary key (hospital_id, performed_step_id),
  unique (hospital_id, sop_instance_uid),
  foreign key (hospital_id, exam_id) references exam,
  foreign key (hospital_id, device_id) references device (hospital_id, device_id)
);
create index performed_step_by_study on performed_step (hospital_id, study_instance_uid) where study_instance_uid <> '';
create index performed_step_by_accession on performed_step (hospital_id, accession_number) where accession_number <> '';
create index performed_step_by_exam on performed_step (hospital_id, exam_id) where exam_id is not null;
create index performed_step_by_time on performed_step (hospital_id, started_at desc);
call bind_to_hospital('performed_step');

-- The images that a step says it made.
create table performed_image (
  hospital_id uuid not null references hospital,
  performed_step_id uuid not null,
  sop_instance_uid text not null,
  sop_class_uid text not null default '',
  series_instance_uid text not null default '',
  primary key (hospital_id, performed_step_id, sop_instance_uid),
  foreign key (hospital_id, performed_step_id) references performed_step on delete cascade
);
create index performed_image_by_uid on performed_image (hospital_id, sop_instance_uid);
call bind_to_hospital('performed_image');
