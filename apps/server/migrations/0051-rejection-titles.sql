-- A film may be rejected for more than its quality: for the patient's safety, or as of a wrong worklist entry.
alter table reading
  add column reject_title text not null default 'quality' check (reject_title in ('quality', 'safety', 'worklist'));
