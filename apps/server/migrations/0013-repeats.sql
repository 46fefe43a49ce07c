-- A repeat order knows the film that took the place of the rejected one, and why there is none.

alter table repeat_order
  add column replacement_film_id uuid,
  add column link_source text check (link_source in ('accession', 'device', 'person')),
  add column linked_at timestamptz,
  add column linked_by uuid,
  add column cancel_reason text
    check (cancel_reason in ('patient-left', 'radiologist-accepts', 'not-needed', 'duplicate', 'other', 'grade-withdrawn')),
  add foreign key (hospital_id, replacement_film_id) references film;
-- One film takes the place of one film.
create unique index repeat_order_replacement on repeat_order (hospital_id, replacement_film_id)
  where replacement_film_id is not null;
create index repeat_order_by_time on repeat_order (hospital_id, opened_at desc);
