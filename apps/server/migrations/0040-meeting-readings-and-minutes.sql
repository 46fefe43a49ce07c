-- What a meeting or a consultation decides is a reading of its own kind.
alter table reading drop constraint reading_kind_check;
alter table reading add constraint reading_kind_check
  check (kind in ('first', 'second', 'repeat', 'ruling', 'appeal', 'meeting', 'consultation'));

alter table meeting add column planned_minutes integer not null default 30 check (planned_minutes between 5 and 480);
-- Why the film came to the meeting, and the grade it came with.
alter table meeting_film add column because text not null default 'chosen'
  check (because in ('disputed', 'rejected', 'chosen'));
alter table meeting_film add column grade_before text check (grade_before in ('A', 'B', 'C', 'reject'));
alter table meeting_vote add column reason text not null default '';

-- A line that the leader dictates into the minutes.
create table meeting_note (
  hospital_id uuid not null references hospital,
  meeting_id uuid not null,
  note_id uuid not null,
  number integer,
  text text not null check (text <> ''),
  at timestamptz not null,
  primary key (hospital_id, meeting_id, note_id),
  foreign key (hospital_id, meeting_id) references meeting
);
call bind_to_hospital('meeting_note', 'select, insert');

-- Minutes are closed for good with the meeting, whoever asks.
create function refuse_closed_meeting() returns trigger language plpgsql as $$
begin
  if exists (select from meeting where meeting.hospital_id = new.hospital_id
      and meeting.meeting_id = new.meeting_id and meeting.closed_at is not null) then
    raise exception 'the meeting is closed';
  end if;
  return new;
end $$;
create trigger meeting_closed before update on meeting
  for each row when (old.closed_at is not null) execute function refuse_closed_meeting();
create trigger meeting_film_closed before insert or update on meeting_film
  for each row execute function refuse_closed_meeting();
create trigger meeting_attendee_closed before insert or update on meeting_attendee
  for each row execute function refuse_closed_meeting();
create trigger meeting_vote_closed before insert or update on meeting_vote
  for each row execute function refuse_closed_meeting();
create trigger meeting_note_closed before insert on meeting_note
  for each row execute function refuse_closed_meeting();
