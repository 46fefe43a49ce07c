-- The teaching file: films without their patients, with their criteria, in collections, and the quiz over them.

create table teaching_case (
  hospital_id uuid not null references hospital,
  case_id uuid not null,
  -- Stands as name and ID of the patient in the files.
  code text not null check (code ~ '^[A-Z0-9-]+$'),
  state text not null default 'requested' check (state in ('requested', 'failed', 'prepared', 'confirmed', 'refused')),
  film_id uuid not null,
  -- A meeting kept the film; null: a person asked for it.
  meeting_id uuid,
  title text not null default '',
  explanation text not null default '',
  tags text[] not null default '{}',
  modality text not null,
  position_code text,
  laterality text,
  grade text not null check (grade in ('A', 'B', 'C', 'reject')),
  score integer,
  -- Deductions of the settled reading, its criteria and the places on the picture; never its note.
  defects jsonb not null default '[]',
  criteria jsonb not null default '{}',
  places jsonb not null default '[]',
  standard_id text,
  standard_version integer,
  dates text not null check (dates in ('removed', 'moved')),
  keeps_characteristics boolean not null,
  masks_corners boolean not null,
  regions jsonb not null default '[]',
  -- What the check of the finished files looked for and found; kinds and elements, never values.
  report jsonb,
  requested_by uuid,
  requested_at timestamptz not null,
  prepared_at timestamptz,
  confirmed_by uuid,
  confirmed_at timestamptz,
  version integer not null default 1,
  primary key (hospital_id, case_id),
  unique (hospital_id, code),
  foreign key (hospital_id, film_id) references film,
  foreign key (hospital_id, meeting_id) references meeting
);
create index teaching_case_by_film on teaching_case (hospital_id, film_id);
create index teaching_case_to_prepare on teaching_case (hospital_id, requested_at) where state = 'requested';
create index teaching_case_by_time on teaching_case (hospital_id, state, requested_at desc, case_id desc);
call bind_to_hospital('teaching_case', 'select, insert, update');

-- A de-identified file beside the archive; replaced as a whole when a case is prepared again.
create table teaching_object (
  hospital_id uuid not null references hospital,
  object_id uuid not null,
  case_id uuid not null,
  number integer not null,
  sop_instance_uid text not null,
  sop_class_uid text not null,
  sha256 bytea not null,
  size_bytes bigint not null,
  data_set_offset integer not null,
  transfer_syntax_uid text not null,
  rows integer not null,
  columns integer not null,
  number_of_frames integer not null,
  primary key (hospital_id, object_id),
  unique (hospital_id, case_id, number),
  foreign key (hospital_id, case_id) references teaching_case
);
call bind_to_hospital('teaching_object', 'select, insert, delete');

create table teaching_collection (
  hospital_id uuid not null references hospital,
  collection_id uuid not null,
  name text not null check (name <> ''),
  description text not null default '',
  created_by uuid,
  created_at timestamptz not null,
  primary key (hospital_id, collection_id),
  unique (hospital_id, name)
);
call bind_to_hospital('teaching_collection');

create table teaching_collection_case (
  hospital_id uuid not null references hospital,
  collection_id uuid not null,
  case_id uuid not null,
  added_at timestamptz not null,
  primary key (hospital_id, collection_id, case_id),
  foreign key (hospital_id, collection_id) references teaching_collection on delete cascade,
  foreign key (hospital_id, case_id) references teaching_case
);
create index teaching_collection_by_case on teaching_collection_case (hospital_id, case_id);
call bind_to_hospital('teaching_collection_case', 'select, insert, delete');

-- One person's run through a collection; a training figure, seen by that person and the leader.
create table teaching_attempt (
  hospital_id uuid not null references hospital,
  attempt_id uuid not null,
  account_id uuid not null,
  collection_name text not null,
  case_ids uuid[] not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  primary key (hospital_id, attempt_id),
  foreign key (hospital_id, account_id) references account (hospital_id, account_id)
);
create index teaching_attempt_by_person on teaching_attempt (hospital_id, account_id, started_at desc);
call bind_to_hospital('teaching_attempt', 'select, insert, update');

create table teaching_answer (
  hospital_id uuid not null references hospital,
  attempt_id uuid not null,
  case_id uuid not null,
  grade text not null check (grade in ('A', 'B', 'C', 'reject')),
  defects text[] not null,
  points integer not null check (points between 0 and 100),
  answered_at timestamptz not null,
  primary key (hospital_id, attempt_id, case_id),
  foreign key (hospital_id, attempt_id) references teaching_attempt,
  foreign key (hospital_id, case_id) references teaching_case
);
call bind_to_hospital('teaching_answer', 'select, insert');
