-- Grading and the gate.

create table review_standard (
  hospital_id uuid not null references hospital,
  standard_id text not null,
  version integer not null,
  content jsonb not null,
  effective_from timestamptz not null,
  published_by uuid,
  primary key (hospital_id, standard_id, version)
);
call bind_to_hospital('review_standard', 'select, insert');

-- The unit of review: one radiograph, or one exam of CT or MR.
create table film (
  hospital_id uuid not null references hospital,
  film_id uuid not null,
  exam_id uuid not null,
  kind text not null check (kind in ('image', 'exam')),
  sop_instance_uid text,
  position_code text,
  laterality text,
  position_source text not null default 'unknown' check (position_source in ('unknown', 'derived', 'remembered', 'person')),
  mapping_key text not null default '',
  state text not null default 'waiting',
  is_missed_review boolean not null default false,
  grade text check (grade in ('A', 'B', 'C', 'reject')),
  score integer check (score between 0 and 100),
  reading_id uuid,
  graded_at timestamptz,
  day date not null,
  created_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (hospital_id, film_id),
  foreign key (hospital_id, exam_id) references exam
);
create unique index film_by_image on film (hospital_id, exam_id, coalesce(sop_instance_uid, ''));
create index film_queue on film (hospital_id, day, state, created_at, film_id);
call bind_to_hospital('film');

create table film_lock (
  hospital_id uuid not null references hospital,
  film_id uuid not null,
  account_id uuid not null,
  taken_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (hospital_id, film_id),
  foreign key (hospital_id, film_id) references film on delete cascade,
  foreign key (hospital_id, account_id) references account
);
call bind_to_hospital('film_lock');

-- One person's act on one film, append-only; undoing is a withdrawal that stands beside it.
create table reading (
  hospital_id uuid not null references hospital,
  reading_id uuid not null,
  film_id uuid not null,
  act text not null check (act in ('grade', 'withdrawal')),
  withdraws uuid,
  account_id uuid not null,
  at timestamptz not null default now(),
  seconds_spent integer,
  standard_id text not null,
  standard_version integer not null,
  software_version text not null,
  marks jsonb not null default '[]',
  conditions_not_met jsonb not null default '[]',
  score integer,
  grade_by_score text,
  grade_by_cap text,
  grade_by_conditions text,
  decided_by text,
  grade text check (grade in ('A', 'B', 'C', 'reject')),
  override_reason text,
  reject_reason_code text,
  affects_diagnosis text check (affects_diagnosis in ('repeat', 'no-repeat')),
  note text not null default '',
  places jsonb not null default '[]',
  is_late boolean not null default false,
  primary key (hospital_id, reading_id),
  foreign key (hospital_id, film_id) references film
);
create index reading_by_film on reading (hospital_id, film_id, at);
create index reading_by_account on reading (hospital_id, account_id, at desc);
call bind_to_hospital('reading', 'select, insert');

create table reading_draft (
  hospital_id uuid not null references hospital,
  film_id uuid not null,
  account_id uuid not null,
  content jsonb not null,
  saved_at timestamptz not null default now(),
  primary key (hospital_id, film_id, account_id),
  foreign key (hospital_id, film_id) references film on delete cascade
);
call bind_to_hospital('reading_draft');

create table gate (
  hospital_id uuid not null references hospital,
  exam_id uuid not null,
  state text not null,
  hold_reason text not null default '',
  held_at timestamptz,
  hold_until timestamptz,
  released_at timestamptz,
  release_reason text,
  released_by uuid,
  version integer not null default 1,
  primary key (hospital_id, exam_id),
  foreign key (hospital_id, exam_id) references exam
);
create index gate_clock on gate (hold_until) where state = 'held';
create index gate_released on gate (hospital_id, released_at desc);
call bind_to_hospital('gate');

create table destination (
  hospital_id uuid not null references hospital,
  destination_id uuid not null,
  name text not null check (name <> ''),
  kind text not null check (kind in ('dimse', 'stow')),
  ae_title text not null default '',
  host text not null default '',
  port integer check (port between 1 and 65535),
  url text not null default '',
  secret text not null default '',
  is_enabled boolean not null default true,
  created_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (hospital_id, destination_id),
  unique (hospital_id, name)
);
call bind_to_hospital('destination');

-- One object on its way to one destination.
create table forward (
  hospital_id uuid not null references hospital,
  forward_id bigint generated always as identity,
  exam_id uuid not null,
  sop_instance_uid text not null,
  destination_id uuid not null,
  state text not null default 'queued',
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  answer_code text,
  answer_text text,
  queued_at timestamptz not null default now(),
  answered_at timestamptz,
  primary key (hospital_id, forward_id),
  unique (hospital_id, destination_id, sop_instance_uid),
  foreign key (hospital_id, exam_id) references exam,
  foreign key (hospital_id, destination_id) references destination
);
create index forward_due on forward (destination_id, next_attempt_at, forward_id) where state in ('queued', 'failed');
create index forward_by_exam on forward (hospital_id, exam_id);
create index forward_unsent on forward (hospital_id, state, queued_at) where state <> 'sent';
call bind_to_hospital('forward');

create table repeat_order (
  hospital_id uuid not null references hospital,
  repeat_order_id uuid not null,
  film_id uuid not null,
  exam_id uuid not null,
  reading_id uuid not null,
  reason_code text not null,
  state text not null default 'open',
  opened_at timestamptz not null default now(),
  closed_at timestamptz,
  closed_by uuid,
  close_note text,
  primary key (hospital_id, repeat_order_id),
  foreign key (hospital_id, film_id) references film,
  foreign key (hospital_id, exam_id) references exam
);
create index repeat_order_open on repeat_order (hospital_id, opened_at) where state = 'open';
call bind_to_hospital('repeat_order');

grant usage on all sequences in schema public to jiapian_app;
