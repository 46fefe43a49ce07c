-- Whether a destination is there at all; no row means that nothing is known against it.
create table destination_circuit (
  hospital_id uuid not null references hospital,
  destination_id uuid not null,
  state text not null check (state in ('closed', 'open', 'half-open')),
  failures integer not null default 0 check (failures >= 0),
  next_trial_at timestamptz,
  changed_at timestamptz not null,
  last_answer text not null default '',
  primary key (hospital_id, destination_id),
  foreign key (hospital_id, destination_id) references destination on delete cascade
);
call bind_to_hospital('destination_circuit');

alter table repeat_order add constraint repeat_order_state check (state in ('open', 'done', 'cancelled'));
create index repeat_order_by_film on repeat_order (hospital_id, film_id);
