-- A hospital's own positions over the library; append-only, the highest version of a code is the one shown.
create table hospital_position (
  hospital_id uuid not null references hospital,
  code text not null check (code ~ '^[A-Za-z0-9_-]{1,20}$'),
  version integer not null,
  content jsonb not null,
  is_verified boolean not null default false,
  changed_at timestamptz not null,
  changed_by uuid,
  primary key (hospital_id, code, version)
);
call bind_to_hospital('hospital_position', 'select, insert');

-- Who is in a named set, and whether the hospital has checked it against the text; append-only.
create table hospital_position_set (
  hospital_id uuid not null references hospital,
  set_code text not null,
  version integer not null,
  members jsonb not null,
  is_confirmed boolean not null default false,
  changed_at timestamptz not null,
  changed_by uuid,
  primary key (hospital_id, set_code, version)
);
call bind_to_hospital('hospital_position_set', 'select, insert');
