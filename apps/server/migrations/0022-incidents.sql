-- The register of errors (差错), beside the grade: what went wrong, how bad, and what was done about it.
create table incident (
  hospital_id uuid not null references hospital,
  incident_id uuid not null,
  kind text not null,
  severity integer check (severity between 1 and 4),
  happened_at timestamptz not null,
  opened_at timestamptz not null,
  -- Empty: opened by a veto of a reading.
  opened_by uuid,
  exam_id uuid,
  film_id uuid,
  reading_id uuid,
  description text not null default '',
  follow_up text not null default '',
  closed_at timestamptz,
  closed_by uuid,
  version integer not null default 1,
  primary key (hospital_id, incident_id),
  foreign key (hospital_id, exam_id) references exam,
  foreign key (hospital_id, film_id) references film
);
-- One film is one error of a kind, however often it is read.
create unique index incident_by_film on incident (hospital_id, film_id, kind) where film_id is not null;
create index incident_by_time on incident (hospital_id, opened_at desc, incident_id);
call bind_to_hospital('incident', 'select, insert, update');
