-- Notices by mail: where people want them, and the queue they leave by. A mail names nobody and nothing of a film.

create table mail_address (
  hospital_id uuid not null references hospital,
  account_id uuid not null,
  address text not null check (address like '%_@_%'),
  is_wanted boolean not null default true,
  primary key (hospital_id, account_id),
  foreign key (hospital_id, account_id) references account (hospital_id, account_id)
);
call bind_to_hospital('mail_address');

create table mail (
  hospital_id uuid not null references hospital,
  mail_id uuid not null,
  account_id uuid not null,
  address text not null,
  day date not null,
  notice_count integer not null check (notice_count > 0),
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null,
  -- What the mail server said, or why it was not reached; never the password.
  last_error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (hospital_id, mail_id),
  unique (hospital_id, account_id, day),
  foreign key (hospital_id, account_id) references account (hospital_id, account_id)
);
create index mail_due on mail (hospital_id, next_attempt_at) where state = 'waiting';
create index mail_by_time on mail (hospital_id, created_at desc);
call bind_to_hospital('mail', 'select, insert, update');
