-- Text search over the register.
--
-- Row-level security forbids LIKE to use the trigram index: LIKE is not leakproof, so the policy is checked first,
-- row by row. This function runs as the owner, repeats the hospital check itself, and gives back keys only.
--
-- Newest first over the last scan_rows exams finds common words at once; what is rarer than that is few enough for
-- the trigram index. So the cost is bounded for a common word and for a rare one.
create function search_exams(
  patterns text[],
  from_at timestamptz,
  to_at timestamptz,
  before_at timestamptz,
  before_id uuid,
  modalities text[],
  device_ids uuid[],
  wanted_state text,
  wanted_technologist uuid,
  page_rows integer,
  scan_rows integer default 10000
) returns table (exam_id uuid, exam_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  hospital uuid := public.current_hospital();
  last_at timestamptz;
  last_id uuid;
  found_rows integer;
  matches text;
begin
  if hospital is null or coalesce(cardinality(patterns), 0) = 0 then
    return;
  end if;
  select string_agg(format('e.search_text like %L', pattern), ' and ') into matches from unnest(patterns) pattern;
  matches := matches
    || case when modalities is null then '' else ' and e.modality = any ($6)' end
    || case when device_ids is null then '' else ' and e.device_id = any ($7)' end
    || case when wanted_state is null then '' else ' and e.state = $8' end
    || case when wanted_technologist is null then '' else ' and e.technologist_id = $9' end;
  from_at := coalesce(from_at, '-infinity');
  to_at := coalesce(to_at, 'infinity');
  before_at := coalesce(before_at, 'infinity');
  before_id := coalesce(before_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff');

  return query execute
    'select e.exam_id, e.exam_at from (
       select * from public.exam x
       where x.hospital_id = $1 and x.exam_at >= $2 and x.exam_at < $3 and (x.exam_at, x.exam_id) < ($4, $5)
       order by x.exam_at desc, x.exam_id desc limit $11
     ) e where ' || matches || ' order by e.exam_at desc, e.exam_id desc limit $10'
    using hospital, from_at, to_at, before_at, before_id, modalities, device_ids, wanted_state, wanted_technologist,
      page_rows, scan_rows;
  get diagnostics found_rows = row_count;
  if found_rows >= page_rows then
    return;
  end if;

  select x.exam_at, x.exam_id into last_at, last_id from public.exam x
    where x.hospital_id = hospital and x.exam_at >= from_at and x.exam_at < to_at
      and (x.exam_at, x.exam_id) < (before_at, before_id)
    order by x.exam_at desc, x.exam_id desc offset scan_rows - 1 limit 1;
  if last_at is null then
    return;
  end if;
  -- Materialized: with the limit inside, the planner walks the whole time index in the hope of an early match.
  return query execute
    'with matched as materialized (
       select e.exam_id, e.exam_at from public.exam e
       where e.hospital_id = $1 and e.exam_at >= $2 and e.exam_at < $3 and (e.exam_at, e.exam_id) < ($4, $5)
         and ' || matches || '
     ) select m.exam_id, m.exam_at from matched m order by m.exam_at desc, m.exam_id desc limit $10'
    using hospital, from_at, to_at, last_at, last_id, modalities, device_ids, wanted_state, wanted_technologist,
      page_rows - found_rows, scan_rows;
end $$;

revoke execute on function search_exams from public;
grant execute on function search_exams to jiapian_app;
