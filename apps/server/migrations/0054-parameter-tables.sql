-- Exam parameter tables (检查参数表): one per device and version, drafted, signed by two, superseded by the next.
create table parameter_table (
  hospital_id uuid not null references hospital,
  table_id uuid not null,
  device_id uuid not null,
  version integer not null,
  state text not null default 'draft'
    check (state in ('draft', 'owner-signed', 'leader-signed', 'in-force', 'superseded', 'dropped')),
  content jsonb not null,
  -- Good films it was drafted from, and between which moments; 0 for a copy of an earlier version.
  drafted_from_films integer not null default 0,
  drafted_from_first timestamptz,
  drafted_from_last timestamptz,
  based_on_version integer,
  -- Rises with every change of the draft: a signature is for one edition.
  edition integer not null default 1,
  note text not null default '',
  created_at timestamptz not null,
  created_by uuid,
  changed_at timestamptz not null,
  changed_by uuid,
  in_force_at timestamptz,
  superseded_at timestamptz,
  primary key (hospital_id, table_id),
  unique (hospital_id, device_id, version),
  foreign key (hospital_id, device_id) references device (hospital_id, device_id)
);
create unique index parameter_table_in_force on parameter_table (hospital_id, device_id) where state = 'in-force';
create unique index parameter_table_draft on parameter_table (hospital_id, device_id)
  where state in ('draft', 'owner-signed', 'leader-signed');
call bind_to_hospital('parameter_table', 'select, insert, update');

-- A version that was in force stays as it was signed, whoever asks.
create function keep_signed_table() returns trigger language plpgsql as $$
begin
  if old.state in ('in-force', 'superseded', 'dropped') and
    (new.content <> old.content or new.edition <> old.edition or new.device_id <> old.device_id or new.version <> old.version) then
    raise exception 'a parameter table that was signed does not change';
  end if;
  return new;
end $$;
create trigger parameter_table_stays before update on parameter_table for each row execute function keep_signed_table();

-- Who signed which edition, and a checksum of what was signed.
create table parameter_signature (
  hospital_id uuid not null references hospital,
  table_id uuid not null,
  edition integer not null,
  role text not null check (role in ('owner', 'leader')),
  account_id uuid not null,
  staff_id uuid,
  signer_name text not null,
  content_sha256 text not null,
  signed_at timestamptz not null,
  primary key (hospital_id, table_id, edition, role),
  unique (hospital_id, table_id, edition, account_id),
  foreign key (hospital_id, table_id) references parameter_table
);
call bind_to_hospital('parameter_signature', 'select, insert');

-- The link behind the QR code at a console: shows the table in force of one device, and no patient.
create table console_link (
  hospital_id uuid not null references hospital,
  link_id uuid not null,
  device_id uuid not null,
  code text not null check (code ~ '^[A-Za-z0-9_-]{22,64}$'),
  created_at timestamptz not null,
  created_by uuid,
  ended_at timestamptz,
  primary key (hospital_id, link_id),
  foreign key (hospital_id, device_id) references device (hospital_id, device_id)
);
create unique index console_link_code on console_link (code);
create unique index console_link_open on console_link (hospital_id, device_id) where ended_at is null;
call bind_to_hospital('console_link', 'select, insert, update');
