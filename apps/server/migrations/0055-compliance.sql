-- Every film held against the table in force on its device; verdicts of an earlier version stay beside the new ones.
create table compliance_verdict (
  hospital_id uuid not null references hospital,
  verdict_id uuid not null,
  film_id uuid not null,
  exam_id uuid not null,
  -- The image of a radiograph, the series of CT and MR.
  subject_uid text not null,
  device_id uuid not null,
  table_id uuid not null,
  table_version integer not null,
  rule_version integer not null,
  software_version text not null,
  subject text not null,
  phase text,
  row_id text,
  verdict text not null check (verdict in ('within', 'deviates', 'not-judged')),
  reason text,
  -- Age and size class, equivalent diameter, weight.
  patient jsonb not null,
  columns jsonb not null,
  exam_at timestamptz not null,
  judged_at timestamptz not null,
  primary key (hospital_id, verdict_id),
  foreign key (hospital_id, film_id) references film,
  foreign key (hospital_id, exam_id) references exam,
  foreign key (hospital_id, table_id) references parameter_table
);
create index compliance_verdict_by_film on compliance_verdict (hospital_id, film_id, subject_uid, table_version desc, judged_at desc);
create index compliance_verdict_by_device on compliance_verdict (hospital_id, device_id, exam_at desc, verdict_id);
create index compliance_verdict_deviating on compliance_verdict (hospital_id, exam_at desc, verdict_id) where verdict = 'deviates';
call bind_to_hospital('compliance_verdict', 'select, insert');

-- Films to be held against a table: of an exam that came, or of a table that came into force.
create table compliance_task (
  hospital_id uuid not null references hospital,
  film_id uuid not null,
  table_id uuid not null,
  -- 0 a film that has just come, 1 caught up after a new table
  priority smallint not null default 0 check (priority in (0, 1)),
  attempts smallint not null default 0,
  queued_at timestamptz not null,
  leased_until timestamptz,
  primary key (hospital_id, film_id, table_id),
  foreign key (hospital_id, film_id) references film on delete cascade,
  foreign key (hospital_id, table_id) references parameter_table
);
create index compliance_task_due on compliance_task (priority, queued_at);
call bind_to_hospital('compliance_task');
