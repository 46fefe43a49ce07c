-- Foreign key checks keep the plan of the moment when their table was new: then every index that begins with
-- hospital_id looks equally good, or reading the whole table does, and each insert walks through all rows before it.
-- A first import slows down with its square until autovacuum comes by, a minute later at best. So tables that have
-- grown to several times what the planner knows of them are looked at again, which also makes it plan anew.
create function analyze_grown_tables() returns integer language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp as $$
declare
  page_bytes constant integer := current_setting('block_size')::integer;
  slack_pages constant integer := 8;
  growth constant integer := 3;
  target regclass;
  analyzed integer := 0;
begin
  for target in
    select c.oid::regclass from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and (c.reltuples <= 0 and pg_relation_size(c.oid) > 0
        or pg_relation_size(c.oid) / page_bytes > growth * c.relpages + slack_pages)
  loop
    execute format('analyze %s', target);
    analyzed := analyzed + 1;
  end loop;
  return analyzed;
end $$;
revoke execute on function analyze_grown_tables from public;
grant execute on function analyze_grown_tables to jiapian_app;
