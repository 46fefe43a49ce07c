-- Fetch mode: exams of a device are looked for in the archive, and a sample of them is fetched.

create table fetch_plan (
  hospital_id uuid not null references hospital,
  device_id uuid not null,
  -- `dimse` asks by C-FIND and C-MOVE, `web` by QIDO-RS and WADO-RS.
  kind text not null check (kind in ('dimse', 'web')),
  ae_title text not null default '',
  url text not null default '',
  secret text not null default '',
  from_hour integer not null default 0 check (from_hour between 0 and 23),
  to_hour integer not null default 24 check (to_hour between 1 and 24),
  exams_per_hour integer not null default 20 check (exams_per_hour between 1 and 1000),
  sample_percent integer not null default 100 check (sample_percent between 1 and 100),
  look_back_hours integer not null default 24 check (look_back_hours between 1 and 720),
  is_enabled boolean not null default true,
  last_look_at timestamptz,
  last_answer text not null default '',
  changed_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (hospital_id, device_id),
  foreign key (hospital_id, device_id) references device (hospital_id, device_id)
);
call bind_to_hospital('fetch_plan');

create table fetch_task (
  hospital_id uuid not null references hospital,
  study_instance_uid text not null,
  device_id uuid not null,
  state text not null check (state in ('found', 'not-sampled', 'fetched', 'failed', 'given-up')),
  attempts integer not null default 0,
  found_at timestamptz not null,
  next_attempt_at timestamptz not null,
  fetched_at timestamptz,
  objects integer not null default 0,
  answer text not null default '',
  primary key (hospital_id, study_instance_uid),
  foreign key (hospital_id, device_id) references device (hospital_id, device_id)
);
create index fetch_task_due on fetch_task (hospital_id, device_id, next_attempt_at) where state in ('found', 'failed');
create index fetch_task_fetched on fetch_task (hospital_id, device_id, fetched_at) where fetched_at is not null;
call bind_to_hospital('fetch_task');
