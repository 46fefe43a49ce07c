-- The morning or weekly session: films on the big screen, votes from phones, minutes that write themselves.

create table meeting (
  hospital_id uuid not null references hospital,
  meeting_id uuid not null,
  title text not null check (title <> ''),
  leader_account_id uuid not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  -- Whoever has the code may join as one of the names the leader put on the list, and only while it is open.
  join_code text not null unique,
  decide_by text not null check (decide_by in ('leader', 'majority')),
  current_film integer not null default 1,
  phase text not null default 'look' check (phase in ('look', 'voting', 'revealed')),
  primary key (hospital_id, meeting_id),
  foreign key (hospital_id, leader_account_id) references account (hospital_id, account_id)
);
create index meeting_by_time on meeting (hospital_id, opened_at desc);
call bind_to_hospital('meeting', 'select, insert, update');

create table meeting_film (
  hospital_id uuid not null references hospital,
  meeting_id uuid not null,
  number integer not null,
  film_id uuid not null,
  decided_grade text check (decided_grade in ('A', 'B', 'C', 'reject')),
  decided_at timestamptz,
  reading_id uuid,
  note text not null default '',
  is_kept_for_teaching boolean not null default false,
  primary key (hospital_id, meeting_id, number),
  unique (hospital_id, meeting_id, film_id),
  foreign key (hospital_id, meeting_id) references meeting,
  foreign key (hospital_id, film_id) references film
);
call bind_to_hospital('meeting_film', 'select, insert, update');

create table meeting_attendee (
  hospital_id uuid not null references hospital,
  meeting_id uuid not null,
  attendee_id uuid not null,
  staff_id uuid not null,
  -- Known to the phone that joined under this name; a phone that lost it asks the leader to free the name.
  token text,
  joined_at timestamptz,
  primary key (hospital_id, meeting_id, attendee_id),
  unique (hospital_id, meeting_id, staff_id),
  foreign key (hospital_id, meeting_id) references meeting,
  foreign key (hospital_id, staff_id) references staff (hospital_id, staff_id)
);
call bind_to_hospital('meeting_attendee', 'select, insert, update');

create table meeting_vote (
  hospital_id uuid not null references hospital,
  meeting_id uuid not null,
  number integer not null,
  attendee_id uuid not null,
  grade text not null check (grade in ('A', 'B', 'C', 'reject')),
  at timestamptz not null,
  primary key (hospital_id, meeting_id, number, attendee_id),
  foreign key (hospital_id, meeting_id, number) references meeting_film,
  foreign key (hospital_id, meeting_id, attendee_id) references meeting_attendee
);
call bind_to_hospital('meeting_vote', 'select, insert, update');
