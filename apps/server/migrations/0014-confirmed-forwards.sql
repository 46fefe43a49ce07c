-- An object that an archive has taken is looked for there until it is proven, where the hospital asks for proof.
alter table forward add column checks integer not null default 0;
create index forward_unconfirmed on forward (next_attempt_at) where state = 'unconfirmed';
drop index forward_due;
create index forward_due on forward (hospital_id, destination_id, next_attempt_at, forward_id)
  where state in ('queued', 'failed');
