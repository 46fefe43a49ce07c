-- How a department reviews: its policy, draws, readings beside the first, appeals, notices.

-- Versioned, append-only. The seed decides which films are read twice; it is never sent to a page.
create table review_policy (
  hospital_id uuid not null references hospital,
  version integer not null,
  content jsonb not null,
  seed text not null check (seed ~ '^[0-9a-f]{16}$'),
  effective_from timestamptz not null default now(),
  changed_by uuid,
  primary key (hospital_id, version)
);
call bind_to_hospital('review_policy', 'select, insert');

-- One draw over the films of some days; with its candidates it can be repeated and shown to be fair.
create table sampling_draw (
  hospital_id uuid not null references hospital,
  draw_id uuid not null,
  drawn_at timestamptz not null,
  drawn_by uuid,
  from_day date not null,
  to_day date not null,
  policy_version integer not null,
  plan jsonb not null,
  seed text not null check (seed ~ '^[0-9a-f]{16}$'),
  strata jsonb not null,
  candidate_count integer not null,
  drawn_count integer not null,
  primary key (hospital_id, draw_id),
  foreign key (hospital_id, policy_version) references review_policy (hospital_id, version)
);
create index sampling_draw_by_time on sampling_draw (hospital_id, drawn_at desc);
call bind_to_hospital('sampling_draw', 'select, insert');

create table sampling_candidate (
  hospital_id uuid not null references hospital,
  draw_id uuid not null,
  film_id uuid not null,
  stratum text not null,
  because text check (because in ('every-film', 'emergency', 'finding', 'not-reviewed-for-long', 'random')),
  technologist text,
  device text,
  position text,
  shift text not null,
  is_emergency boolean not null,
  has_finding boolean not null,
  days_unreviewed integer,
  primary key (hospital_id, draw_id, film_id),
  foreign key (hospital_id, draw_id) references sampling_draw
);
create index sampling_candidate_by_film on sampling_candidate (hospital_id, film_id);
call bind_to_hospital('sampling_candidate', 'select, insert');

-- Only the first reading, a ruling and the reading that decides an appeal set the grade of the film.
alter table reading add column kind text not null default 'first'
  check (kind in ('first', 'second', 'repeat', 'ruling', 'appeal'));
alter table reading add column task_id uuid;
-- Criteria the reader judged, by code: met or not met; what is absent was not judged.
alter table reading add column criteria jsonb not null default '{}';
-- Given to a list at once, without opening the film.
alter table reading add column is_bulk boolean not null default false;

create table appeal (
  hospital_id uuid not null references hospital,
  appeal_id uuid not null,
  film_id uuid not null,
  reading_id uuid not null,
  account_id uuid not null,
  reason text not null check (reason <> ''),
  state text not null default 'open' check (state in ('open', 'upheld', 'changed', 'withdrawn')),
  opened_at timestamptz not null,
  closed_at timestamptz,
  grade_before text not null,
  score_before integer,
  grade_after text,
  score_after integer,
  decided_by_reading uuid,
  primary key (hospital_id, appeal_id),
  -- One grade is appealed once.
  unique (hospital_id, reading_id),
  foreign key (hospital_id, film_id) references film,
  foreign key (hospital_id, reading_id) references reading,
  foreign key (hospital_id, account_id) references account
);
create index appeal_open on appeal (hospital_id, opened_at) where state = 'open';
create index appeal_by_film on appeal (hospital_id, film_id);
call bind_to_hospital('appeal', 'select, insert, update');

create table review_task (
  hospital_id uuid not null references hospital,
  task_id uuid not null,
  film_id uuid not null,
  kind text not null check (kind in ('second', 'repeat', 'arbitration', 'appeal')),
  state text not null default 'open' check (state in ('open', 'done', 'void')),
  -- Only this account may do it; null: whoever may and has not read the film.
  for_account uuid,
  first_reading_id uuid not null,
  second_reading_id uuid,
  disagreements jsonb not null default '[]',
  appeal_id uuid,
  created_at timestamptz not null,
  closed_at timestamptz,
  reading_id uuid,
  primary key (hospital_id, task_id),
  foreign key (hospital_id, film_id) references film,
  foreign key (hospital_id, first_reading_id) references reading (hospital_id, reading_id),
  foreign key (hospital_id, second_reading_id) references reading (hospital_id, reading_id),
  foreign key (hospital_id, reading_id) references reading (hospital_id, reading_id),
  foreign key (hospital_id, appeal_id) references appeal
);
create unique index review_task_open on review_task (hospital_id, film_id, kind) where state = 'open';
create index review_task_queue on review_task (hospital_id, created_at, task_id) where state = 'open';
create index review_task_done on review_task (hospital_id, kind, closed_at) where state = 'done';
call bind_to_hospital('review_task', 'select, insert, update');

-- The technologist has seen the grade (知道了).
create table reading_acknowledgement (
  hospital_id uuid not null references hospital,
  reading_id uuid not null,
  account_id uuid not null,
  at timestamptz not null,
  primary key (hospital_id, reading_id, account_id),
  foreign key (hospital_id, reading_id) references reading
);
call bind_to_hospital('reading_acknowledgement', 'select, insert');

-- Films of a supervised trainee count for the supervisor of that day (S02).
create table supervision (
  hospital_id uuid not null references hospital,
  trainee_staff_id uuid not null,
  from_day date not null,
  to_day date,
  supervisor_staff_id uuid not null,
  primary key (hospital_id, trainee_staff_id, from_day),
  check (trainee_staff_id <> supervisor_staff_id),
  check (to_day is null or to_day >= from_day),
  foreign key (hospital_id, trainee_staff_id) references staff (hospital_id, staff_id),
  foreign key (hospital_id, supervisor_staff_id) references staff (hospital_id, staff_id)
);
create index supervision_by_supervisor on supervision (hospital_id, supervisor_staff_id);
call bind_to_hospital('supervision');

-- For whom the film of a technologist counts on a day; null while nobody knows who took it.
create function accountable_staff(hospital uuid, technologist uuid, on_day date) returns uuid
  language sql stable parallel safe as $$
  select coalesce((
    select s.supervisor_staff_id from supervision s
    where s.hospital_id = hospital and s.trainee_staff_id = technologist
      and s.from_day <= on_day and (s.to_day is null or s.to_day >= on_day)
    order by s.from_day desc limit 1), technologist)
$$;

create table notice (
  hospital_id uuid not null references hospital,
  notice_id uuid not null,
  account_id uuid not null,
  kind text not null check (kind in ('reject', 'appeal-opened', 'appeal-decided', 'ruling', 'digest')),
  film_id uuid,
  facts jsonb not null default '{}',
  at timestamptz not null,
  read_at timestamptz,
  primary key (hospital_id, notice_id),
  foreign key (hospital_id, account_id) references account
);
create index notice_of_account on notice (hospital_id, account_id, at desc);
-- One digest a day.
create unique index notice_digest on notice (hospital_id, account_id, (facts ->> 'day')) where kind = 'digest';
call bind_to_hospital('notice', 'select, insert, update');
