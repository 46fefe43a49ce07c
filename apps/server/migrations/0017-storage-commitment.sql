-- Storage commitment in both roles, and where the DICOM applications are that we call.

-- A DICOM application that we call: for reports of commitment, and to fetch from.
create table dicom_application (
  hospital_id uuid not null references hospital,
  ae_title text not null check (ae_title <> ''),
  name text not null default '',
  host text not null check (host <> ''),
  port integer not null check (port between 1 and 65535),
  uses_tls boolean not null default false,
  changed_at timestamptz not null default now(),
  primary key (hospital_id, ae_title)
);
call bind_to_hospital('dicom_application');

-- A modality asks us (N-ACTION); it may delete its copies after our yes.
create table commitment_request (
  hospital_id uuid not null references hospital,
  commitment_request_id uuid not null,
  transaction_uid text not null,
  calling_ae_title text not null,
  received_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'decided', 'reported', 'undelivered')),
  decided_at timestamptz,
  reported_at timestamptz,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  answer text not null default '',
  primary key (hospital_id, commitment_request_id),
  unique (hospital_id, calling_ae_title, transaction_uid)
);
create index commitment_request_due on commitment_request (next_attempt_at) where state in ('waiting', 'decided');
call bind_to_hospital('commitment_request');

create table commitment_item (
  hospital_id uuid not null references hospital,
  commitment_request_id uuid not null,
  sop_instance_uid text not null,
  sop_class_uid text not null,
  -- Null while it is not decided; 0 committed; else the failure reason (0008,1197).
  failure_reason integer,
  primary key (hospital_id, commitment_request_id, sop_instance_uid),
  foreign key (hospital_id, commitment_request_id) references commitment_request on delete cascade
);
call bind_to_hospital('commitment_item');

-- We ask an archive, and it answers by N-EVENT-REPORT.
create table commitment_ask (
  hospital_id uuid not null references hospital,
  transaction_uid text not null,
  destination_id uuid not null,
  asked_at timestamptz not null,
  answered_at timestamptz,
  primary key (hospital_id, transaction_uid),
  foreign key (hospital_id, destination_id) references destination
);
call bind_to_hospital('commitment_ask');

create table commitment_ask_item (
  hospital_id uuid not null references hospital,
  transaction_uid text not null,
  sop_instance_uid text not null,
  -- Null while unanswered; 0 committed; else the archive's failure reason.
  failure_reason integer,
  primary key (hospital_id, transaction_uid, sop_instance_uid),
  foreign key (hospital_id, transaction_uid) references commitment_ask on delete cascade
);
create index commitment_ask_item_by_uid on commitment_ask_item (hospital_id, sop_instance_uid);
call bind_to_hospital('commitment_ask_item');
