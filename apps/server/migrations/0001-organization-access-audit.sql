-- The tenant boundary, who may do what, and the trail of what was done.
-- Every table carries hospital_id first in its keys; row-level security repeats what the repositories ask for.

do $$ begin
  if not exists (select from pg_roles where rolname = 'jiapian_app') then
    create role jiapian_app nologin nosuperuser nobypassrls;
  end if;
end $$;
grant jiapian_app to current_user;
grant usage on schema public to jiapian_app;

-- The hospital this unit of work is bound to; null when none is set, and then no row is visible.
create function current_hospital() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('jiapian.hospital_id', true), '')::uuid $$;

-- Look-ups that must happen before the hospital is known (sign-in, called AE title) and the job dispatcher.
create function is_system_scope() returns boolean language sql stable parallel safe as
  $$ select coalesce(current_setting('jiapian.scope', true), '') = 'system' $$;

-- Binds a table to the hospital and opens it to the application role.
create procedure bind_to_hospital(target regclass, rights text default 'select, insert, update, delete') language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format(
    'create policy hospital_only on %s using (hospital_id = (select current_hospital()) or (select is_system_scope()))
       with check (hospital_id = (select current_hospital()) or (select is_system_scope()))', target);
  execute format('grant %s on %s to jiapian_app', rights, target);
end $$;

create table hospital (
  hospital_id uuid primary key,
  name text not null check (name <> ''),
  name_en text not null default '',
  time_zone text not null default 'Asia/Shanghai',
  set_up_at timestamptz,
  created_at timestamptz not null default now()
);
call bind_to_hospital('hospital', 'select, insert, update');

-- Settings a hospital may change, one row per key; the default lives beside the code that reads it.
create table hospital_setting (
  hospital_id uuid not null references hospital,
  key text not null,
  value jsonb not null,
  changed_at timestamptz not null default now(),
  changed_by uuid,
  primary key (hospital_id, key)
);
call bind_to_hospital('hospital_setting');

create table department (
  hospital_id uuid not null references hospital,
  department_id uuid not null,
  name text not null check (name <> ''),
  created_at timestamptz not null default now(),
  primary key (hospital_id, department_id)
);
call bind_to_hospital('department');

create table room (
  hospital_id uuid not null references hospital,
  room_id uuid not null,
  department_id uuid,
  name text not null check (name <> ''),
  created_at timestamptz not null default now(),
  primary key (hospital_id, room_id),
  foreign key (hospital_id, department_id) references department
);
call bind_to_hospital('room');

create table staff (
  hospital_id uuid not null references hospital,
  staff_id uuid not null,
  staff_number text not null check (staff_number <> ''),
  name text not null check (name <> ''),
  name_pinyin text not null default '',
  post text not null default '',
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (hospital_id, staff_id),
  unique (hospital_id, staff_number)
);
call bind_to_hospital('staff');

-- A device is listed from its first association; it counts as named once a person has named it.
create table device (
  hospital_id uuid not null references hospital,
  device_id uuid not null,
  name text not null check (name <> ''),
  modality text not null default '',
  ae_title text not null,
  station_name text not null default '',
  manufacturer text not null default '',
  model text not null default '',
  serial_number text not null default '',
  room_id uuid,
  owner_staff_id uuid,
  priority_class text check (priority_class in ('routine', 'emergency')),
  hold_minutes integer check (hold_minutes between 1 and 1440),
  named_at timestamptz,
  named_by uuid,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz,
  version integer not null default 1,
  primary key (hospital_id, device_id),
  unique (hospital_id, ae_title, station_name),
  foreign key (hospital_id, room_id) references room,
  foreign key (hospital_id, owner_staff_id) references staff (hospital_id, staff_id)
);
call bind_to_hospital('device');

create table account (
  hospital_id uuid not null references hospital,
  account_id uuid not null,
  username text not null check (username <> ''),
  password_hash text not null,
  must_change_password boolean not null default false,
  staff_id uuid,
  display_name text not null,
  roles text[] not null,
  locale text not null default 'zh-CN' check (locale in ('zh-CN', 'en')),
  preferences jsonb not null default '{}',
  failed_attempts integer not null default 0,
  locked_until timestamptz,
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (hospital_id, account_id),
  unique (hospital_id, username),
  foreign key (hospital_id, staff_id) references staff (hospital_id, staff_id)
);
call bind_to_hospital('account');

create table session (
  hospital_id uuid not null references hospital,
  token_sha256 bytea not null,
  account_id uuid not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (hospital_id, token_sha256),
  foreign key (hospital_id, account_id) references account on delete cascade
);
create index session_token on session (token_sha256);
call bind_to_hospital('session');

create table api_token (
  hospital_id uuid not null references hospital,
  token_id uuid not null,
  name text not null,
  token_sha256 bytea not null,
  roles text[] not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (hospital_id, token_id)
);
create unique index api_token_sha256 on api_token (token_sha256);
call bind_to_hospital('api_token');

-- Append-only; sealed in order by one sealer, in batches. An entry without seal_number is the unsealed tail.
create table audit_entry (
  hospital_id uuid not null references hospital,
  audit_id bigint generated always as identity,
  at timestamptz not null default now(),
  account_id uuid,
  actor text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  facts jsonb not null default '{}',
  request_id text,
  primary key (hospital_id, audit_id)
);
create index audit_entry_subject on audit_entry (hospital_id, subject_kind, subject_id, at desc);
create index audit_entry_at on audit_entry (hospital_id, at desc);
call bind_to_hospital('audit_entry', 'select, insert');

create table audit_seal (
  hospital_id uuid not null references hospital,
  seal_number bigint not null,
  audit_id bigint not null,
  previous_hash bytea not null,
  hash bytea not null,
  sealed_at timestamptz not null default now(),
  primary key (hospital_id, seal_number),
  unique (hospital_id, audit_id),
  foreign key (hospital_id, audit_id) references audit_entry
);
call bind_to_hospital('audit_seal', 'select, insert');

-- Work that follows from a change, written in the same transaction as the change.
create table job (
  hospital_id uuid not null references hospital,
  job_id bigint generated always as identity,
  name text not null,
  payload jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'dead')),
  attempts integer not null default 0,
  run_after timestamptz not null default now(),
  last_error text,
  created_at timestamptz not null default now(),
  done_at timestamptz,
  primary key (hospital_id, job_id)
);
create index job_due on job (run_after, job_id) where state = 'waiting';
call bind_to_hospital('job');
