-- What it costs to queue an object. The key begins with the object: looked up by object it is the index, and a planner
-- that has no statistics yet cannot take it for a list of everything that a destination was ever sent.
alter table forward
  drop constraint forward_once_each,
  add constraint forward_once_each unique (hospital_id, sop_instance_uid, destination_id, copy_id),
  -- The exam's key says it.
  drop constraint forward_hospital_id_fkey;
drop index forward_by_object;

-- What an archive has and is not to be replaced is rare, and asked for every object that is queued.
create index forward_corrected_there on forward (hospital_id, sop_instance_uid, destination_id)
  where superseded_recipe <> 'follow';
