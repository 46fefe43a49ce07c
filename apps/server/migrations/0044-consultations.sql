-- Consultation and sign-off (会诊签发): senior staff judge apart, then together; the chair signs.

create table consultation (
  hospital_id uuid not null references hospital,
  consultation_id uuid not null,
  exam_id uuid not null,
  state text not null check (state in ('asked', 'judging', 'open', 'signed', 'declined', 'withdrawn', 'called-off')),
  -- The arbitration that is settled this way instead of by a third reader; null: asked for by a person.
  task_id uuid,
  question text not null check (question <> ''),
  asked_by uuid not null,
  asked_at timestamptz not null,
  chair_account_id uuid,
  convened_at timestamptz,
  opened_at timestamptz,
  closed_at timestamptz,
  closed_by uuid,
  close_reason text not null default '',
  conclusion text not null default '',
  primary key (hospital_id, consultation_id),
  check ((state in ('judging', 'open', 'signed')) <= (chair_account_id is not null)),
  foreign key (hospital_id, exam_id) references exam,
  foreign key (hospital_id, task_id) references review_task,
  foreign key (hospital_id, asked_by) references account (hospital_id, account_id),
  foreign key (hospital_id, chair_account_id) references account (hospital_id, account_id)
);
create index consultation_by_time on consultation (hospital_id, asked_at desc);
call bind_to_hospital('consultation', 'select, insert, update');

create table consultation_film (
  hospital_id uuid not null references hospital,
  consultation_id uuid not null,
  number integer not null check (number >= 1),
  film_id uuid not null,
  -- True from the first question until the end: a film is in one consultation at a time.
  is_current boolean not null default true,
  grade_before text check (grade_before in ('A', 'B', 'C', 'reject')),
  reading_id uuid,
  primary key (hospital_id, consultation_id, number),
  unique (hospital_id, consultation_id, film_id),
  foreign key (hospital_id, consultation_id) references consultation,
  foreign key (hospital_id, film_id) references film,
  foreign key (hospital_id, reading_id) references reading (hospital_id, reading_id)
);
create unique index consultation_film_current on consultation_film (hospital_id, film_id) where is_current;
call bind_to_hospital('consultation_film', 'select, insert, update');

create table consultation_judge (
  hospital_id uuid not null references hospital,
  consultation_id uuid not null,
  account_id uuid not null,
  -- As it was on that day: a signature keeps its name.
  name text not null,
  post text not null default '',
  excused_at timestamptz,
  excuse text not null default '',
  primary key (hospital_id, consultation_id, account_id),
  foreign key (hospital_id, consultation_id) references consultation,
  foreign key (hospital_id, account_id) references account (hospital_id, account_id)
);
create index consultation_judge_of_account on consultation_judge (hospital_id, account_id);
call bind_to_hospital('consultation_judge', 'select, insert, update');

-- What one of them thinks of one film, before any other opinion could be seen; never changed.
create table consultation_opinion (
  hospital_id uuid not null references hospital,
  consultation_id uuid not null,
  number integer not null,
  account_id uuid not null,
  opinion_id uuid not null,
  at timestamptz not null,
  seconds_spent integer not null,
  standard_id text not null,
  standard_version integer not null,
  software_version text not null,
  marks jsonb not null,
  conditions_not_met jsonb not null,
  places jsonb not null,
  criteria jsonb not null,
  note text not null,
  override_reason text,
  grade text not null check (grade in ('A', 'B', 'C', 'reject')),
  score integer not null check (score between 0 and 100),
  primary key (hospital_id, consultation_id, number, account_id),
  foreign key (hospital_id, consultation_id, number) references consultation_film,
  foreign key (hospital_id, consultation_id, account_id) references consultation_judge
);
call bind_to_hospital('consultation_opinion', 'select, insert');

-- Lines of the minutes, added while they talk.
create table consultation_note (
  hospital_id uuid not null references hospital,
  consultation_id uuid not null,
  note_id uuid not null,
  account_id uuid not null,
  text text not null check (text <> ''),
  at timestamptz not null,
  primary key (hospital_id, consultation_id, note_id),
  foreign key (hospital_id, consultation_id, account_id) references consultation_judge
);
call bind_to_hospital('consultation_note', 'select, insert');

-- Dated signatures: of each judge under the own opinions, of the chair under all of it. The digest (SHA-256 of the
-- signed content) shows whether what is printed is what was signed.
create table consultation_signature (
  hospital_id uuid not null references hospital,
  consultation_id uuid not null,
  account_id uuid not null,
  signs text not null check (signs in ('opinion', 'outcome')),
  name text not null,
  at timestamptz not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  primary key (hospital_id, consultation_id, account_id, signs),
  foreign key (hospital_id, consultation_id, account_id) references consultation_judge
);
call bind_to_hospital('consultation_signature', 'select, insert');

-- The history: who did what when, append-only.
create table consultation_event (
  hospital_id uuid not null references hospital,
  consultation_id uuid not null,
  event_id uuid not null,
  event text not null check (event in
    ('asked', 'convened', 'declined', 'taken-back', 'judged', 'excused', 'all-judged', 'signed', 'stopped')),
  account_id uuid not null,
  at timestamptz not null,
  primary key (hospital_id, consultation_id, event_id),
  foreign key (hospital_id, consultation_id) references consultation
);
call bind_to_hospital('consultation_event', 'select, insert');

-- Closed for good, whoever asks.
create function refuse_closed_consultation() returns trigger language plpgsql as $$
begin
  if exists (select from consultation c where c.hospital_id = new.hospital_id
      and c.consultation_id = new.consultation_id and c.closed_at is not null) then
    raise exception 'the consultation is closed';
  end if;
  return new;
end $$;
create trigger consultation_closed before update on consultation
  for each row when (old.closed_at is not null) execute function refuse_closed_consultation();
create trigger consultation_film_closed before insert or update on consultation_film
  for each row execute function refuse_closed_consultation();
create trigger consultation_judge_closed before insert or update on consultation_judge
  for each row execute function refuse_closed_consultation();
create trigger consultation_opinion_closed before insert on consultation_opinion
  for each row execute function refuse_closed_consultation();
create trigger consultation_note_closed before insert on consultation_note
  for each row execute function refuse_closed_consultation();

-- People are told.
alter table notice drop constraint notice_kind_check;
alter table notice add constraint notice_kind_check check (kind in ('reject', 'appeal-opened', 'appeal-decided',
  'ruling', 'digest', 'consultation-asked', 'consultation-called', 'consultation-open', 'consultation-signed',
  'consultation-closed'));
