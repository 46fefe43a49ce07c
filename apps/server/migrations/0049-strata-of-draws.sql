-- A draw is stored stratum by stratum: a hundred thousand candidates are some hundred rows, not a hundred thousand.
create table sampling_stratum (
  hospital_id uuid not null references hospital,
  draw_id uuid not null,
  stratum text not null,
  film_ids uuid[] not null,
  -- Why each film is to be read, in the order of the films; null where it was not drawn (未抽中).
  because text[] not null,
  -- What the plan asked of each film: technologist, device, position, shift, emergency, finding, days unreviewed.
  facts jsonb not null,
  primary key (hospital_id, draw_id, stratum),
  foreign key (hospital_id, draw_id) references sampling_draw,
  check (cardinality(film_ids) = cardinality(because))
);
call bind_to_hospital('sampling_stratum', 'select, insert');

insert into sampling_stratum
select hospital_id, draw_id, stratum, array_agg(film_id order by film_id), array_agg(because order by film_id),
  jsonb_agg(jsonb_build_array(technologist, device, position, shift, is_emergency, has_finding, days_unreviewed)
    order by film_id)
from sampling_candidate group by 1, 2, 3;
drop table sampling_candidate;
