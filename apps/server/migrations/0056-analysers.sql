-- Programs of others that measure pictures: asked over HTTP, behind everything else, and off until somebody turns them on.

create table analyser (
  hospital_id uuid not null references hospital,
  analyser_id uuid not null,
  -- Stands before the names of its figures and rules, so that they never mix with others.
  code text not null,
  name text not null,
  address text not null,
  -- Sent with every question; never given back.
  token text not null default '',
  -- Empty lists ask of every picture.
  modalities text[] not null default '{}',
  position_codes text[] not null default '{}',
  timeout_ms integer not null,
  largest_megabytes integer not null,
  is_enabled boolean not null default false,
  failures_in_a_row integer not null default 0,
  -- After failures in a row it is left alone until then.
  resting_until timestamptz,
  last_failure text,
  last_failure_at timestamptz,
  last_answer_at timestamptz,
  version integer not null default 1,
  changed_at timestamptz not null,
  primary key (hospital_id, analyser_id),
  unique (hospital_id, code)
);
call bind_to_hospital('analyser', 'select, insert, update');

create table analyser_task (
  hospital_id uuid not null references hospital,
  analyser_id uuid not null,
  exam_id uuid not null,
  subject_uid text not null,
  subject_kind text not null check (subject_kind in ('instance', 'series')),
  analysis_version integer not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  attempts smallint not null default 0,
  queued_at timestamptz not null,
  leased_until timestamptz,
  primary key (hospital_id, analyser_id, exam_id, subject_uid, analysis_version),
  foreign key (hospital_id, analyser_id) references analyser,
  foreign key (hospital_id, exam_id) references exam
);
create index analyser_task_due on analyser_task (hospital_id, analyser_id, queued_at) where state = 'waiting';
call bind_to_hospital('analyser_task');

-- Whose run it is; null: our own.
alter table analysis_run add column analyser_id uuid;
alter table analysis_run add foreign key (hospital_id, analyser_id) references analyser;
