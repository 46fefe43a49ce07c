-- What an archive is told of rejected objects, and how each archive wants to be told.

alter table destination
  add column reject_recipe text not null default 'note' check (reject_recipe in ('note', 'task')),
  add column undo_recipe text not null default 'resend' check (undo_recipe in ('resend', 'revoke-note')),
  -- What `sent` means there: the status of the answer, a search that finds the object, or storage commitment.
  add column confirmation text not null default 'status' check (confirmation in ('status', 're-query', 'commitment')),
  add column forward_rules jsonb not null default '{}',
  add column coercion jsonb not null default '{}';

-- It may have arrived although no answer said so.
alter table forward add column is_doubtful boolean not null default false;

create table rejection (
  hospital_id uuid not null references hospital,
  rejection_id uuid not null,
  exam_id uuid not null,
  destination_id uuid not null,
  title text not null check (title in ('quality', 'safety', 'worklist', 'revoke')),
  reason_code text not null default '',
  -- The rejection that this one takes back; only with the title `revoke`.
  revokes uuid,
  instance_uids text[] not null check (cardinality(instance_uids) > 0),
  -- The note as it is sent; none where a person is asked instead.
  sop_instance_uid text,
  content bytea,
  state text not null check (state in
    ('queued', 'sending', 'failed', 'refused', 'sent', 'hidden', 'visible', 'task', 'done', 'taken-back')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  answer_code text,
  answer_text text,
  made_at timestamptz not null,
  made_by uuid,
  sent_at timestamptz,
  checked_at timestamptz,
  still_visible integer,
  closed_at timestamptz,
  closed_by uuid,
  close_note text,
  primary key (hospital_id, rejection_id),
  foreign key (hospital_id, exam_id) references exam,
  foreign key (hospital_id, destination_id) references destination,
  check ((title = 'revoke') = (revokes is not null))
);
create index rejection_by_exam on rejection (hospital_id, exam_id);
create index rejection_due on rejection (destination_id, next_attempt_at) where state in ('queued', 'failed');
create index rejection_open on rejection (hospital_id, made_at desc) where state not in ('hidden', 'done', 'taken-back');
call bind_to_hospital('rejection');
