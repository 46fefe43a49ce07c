-- A standard on its way: a draft is changed until it is published, a published version never.
create table standard_draft (
  hospital_id uuid not null references hospital,
  draft_id uuid not null,
  based_on_version integer not null,
  content jsonb not null,
  version integer not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  changed_by uuid,
  published_version integer,
  primary key (hospital_id, draft_id)
);
call bind_to_hospital('standard_draft');

alter table review_standard add column published_at timestamptz not null default now();
-- What changed and why, in the words of who published it.
alter table review_standard add column note text not null default '';
