-- Corrections: who an image is of, which exam it belongs to, which side it shows. A fact beside what was received,
-- which is never rewritten; the copies that archives have follow by each archive's rule.

-- What copies of objects say in the place of the device's values.
create table copy_version (
  hospital_id uuid not null references hospital,
  copy_id uuid not null,
  -- The corrections that stand in it, in order.
  correction_ids uuid[] not null,
  facts jsonb not null,
  -- UIDs of the copy are made of it; null: an archive never had another copy, and the UIDs are the device's.
  uid_salt uuid,
  made_at timestamptz not null,
  primary key (hospital_id, copy_id)
);
create index copy_version_by_corrections on copy_version (hospital_id, correction_ids);
call bind_to_hospital('copy_version', 'select, insert');

-- The UID that a copy has for a UID of the device: made from a name-based UUID (RFC 9562 §5.3, PS3.5 annex B.2).
create function copy_uid(salt uuid, original text) returns text language sql immutable parallel safe as $$
  select case when salt is null then original else (
    select '2.25.' || (
      (('x' || substr(h, 1, 8))::bit(32)::bigint)::numeric * 79228162514264337593543950336
      + (('x' || substr(h, 9, 8))::bit(32)::bigint)::numeric * 18446744073709551616
      + (('x' || substr(h, 17, 8))::bit(32)::bigint)::numeric * 4294967296
      + (('x' || substr(h, 25, 8))::bit(32)::bigint)::numeric)::text
    from (select overlay(overlay(md5(salt::text || original) placing '3' from 13 for 1)
      placing substr('89ab', 1 + (('x' || substr(md5(salt::text || original), 17, 1))::bit(4)::integer & 3), 1)
      from 17 for 1) as h) hashed) end $$;

-- Zero: the copy is the object as the device made it.
alter table exam add column copy_id uuid not null default '00000000-0000-0000-0000-000000000000';
alter table instance add column copy_id uuid not null default '00000000-0000-0000-0000-000000000000';
alter table forward
  add column copy_id uuid not null default '00000000-0000-0000-0000-000000000000',
  -- Another copy stands in its place now: the title of the note that says so.
  add column superseded text check (superseded in ('worklist', 'safety')),
  add column superseded_recipe text check (superseded_recipe in ('follow', 'note', 'task', 'none')),
  drop constraint forward_hospital_id_destination_id_sop_instance_uid_key,
  add constraint forward_once_each unique (hospital_id, destination_id, sop_instance_uid, copy_id);
create index forward_by_object on forward (hospital_id, sop_instance_uid);

-- What an archive wants when something it has is corrected: the note and the corrected copy, the note alone, or a person.
alter table destination
  add column correction_recipe text not null default 'follow' check (correction_recipe in ('follow', 'note', 'task')),
  -- `none`: the archive hears of merged patients itself.
  add column merge_recipe text not null default 'task' check (merge_recipe in ('follow', 'note', 'task', 'none'));

alter table rejection
  add column copy_id uuid not null default '00000000-0000-0000-0000-000000000000';

create table correction (
  hospital_id uuid not null references hospital,
  correction_id uuid not null,
  kind text not null check (kind in ('patient', 'merge', 'move', 'side')),
  source text not null check (source in ('person', 'hl7')),
  exam_id uuid not null,
  -- The exam that the objects go to; only of `move`.
  target_exam_id uuid,
  -- The objects concerned; empty: every object of the exam, also those to come.
  instance_uids text[] not null default '{}',
  before jsonb not null,
  after jsonb not null,
  reason text not null default '',
  -- The correction that this one takes back.
  undoes uuid,
  patient_merge_id uuid,
  state text not null check (state in ('proposed', 'in-force', 'refused', 'undone')),
  proposed_at timestamptz not null,
  proposed_by uuid,
  decided_at timestamptz,
  decided_by uuid,
  decide_note text not null default '',
  primary key (hospital_id, correction_id),
  foreign key (hospital_id, exam_id) references exam,
  foreign key (hospital_id, target_exam_id) references exam (hospital_id, exam_id)
);
create index correction_by_exam on correction (hospital_id, exam_id, proposed_at);
create index correction_by_target on correction (hospital_id, target_exam_id) where target_exam_id is not null;
create index correction_by_time on correction (hospital_id, proposed_at desc, correction_id);
create index correction_open on correction (hospital_id, proposed_at) where state = 'proposed';
-- One proposal at a time for an exam: two would not know of each other.
create unique index correction_one_open on correction (hospital_id, exam_id) where state = 'proposed';
call bind_to_hospital('correction', 'select, insert, update');
