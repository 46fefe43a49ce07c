-- The hold and release policy as data, what the gate did by itself, and how each device stands in the stream.

create table hold_policy (
  hospital_id uuid not null references hospital,
  version integer not null check (version >= 1),
  content jsonb not null,
  note text not null default '',
  published_at timestamptz not null,
  published_by uuid,
  primary key (hospital_id, version)
);
call bind_to_hospital('hold_policy', 'select, insert');

-- A device without a row stands in line and is held like any other.
create table device_stream (
  hospital_id uuid not null references hospital,
  device_id uuid not null,
  mode text not null default 'in-line' check (mode in ('in-line', 'beside', 'fetch')),
  care text not null default 'none' check (care in ('none', 'icu', 'intraoperative')),
  changed_at timestamptz not null,
  changed_by uuid,
  version integer not null default 1,
  primary key (hospital_id, device_id),
  foreign key (hospital_id, device_id) references device (hospital_id, device_id)
);
call bind_to_hospital('device_stream');

-- Each time the gate opened by itself; the open one has no end yet.
create table gate_opening (
  hospital_id uuid not null references hospital,
  gate_opening_id bigint generated always as identity,
  because text not null check (because in ('reviewers-absent', 'degraded', 'queue-full')),
  opened_at timestamptz not null,
  closed_at timestamptz,
  facts jsonb not null default '{}',
  primary key (hospital_id, gate_opening_id)
);
create unique index gate_opening_now on gate_opening (hospital_id) where closed_at is null;
call bind_to_hospital('gate_opening');

alter table gate
  add column hold_mode text not null default 'until-graded'
    check (hold_mode in ('until-graded', 'until-clear', 'review-afterwards', 'sampled')),
  add column rule_name text not null default '',
  add column policy_version integer,
  add column escalate_at timestamptz,
  add column escalated_at timestamptz,
  add column escalated_to uuid;
create index gate_escalation on gate (escalate_at) where state = 'held' and escalated_at is null;
grant usage on all sequences in schema public to jiapian_app;
