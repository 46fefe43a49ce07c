-- A code to type on a phone without a camera, and how many must vote before a majority decides.
alter table meeting add column typed_code text check (typed_code ~ '^[A-Z2-9]{6}$');
create unique index meeting_by_typed_code on meeting (typed_code) where closed_at is null;
alter table meeting add column minimum_votes integer not null default 1 check (minimum_votes between 1 and 200);

-- In which series of a CT or MR exam a deduction was seen; the exam is graded once, whatever the number of series.
alter table reading add column series_marks jsonb not null default '[]';
