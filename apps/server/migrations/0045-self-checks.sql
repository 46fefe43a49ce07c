-- Self-check and cross-check (自评, 互评): a word of the technologist at once, and of a colleague of another shift.

-- Off until the hospital wants it; append-only. The seed decides which films a colleague sees, and who.
create table check_policy (
  hospital_id uuid not null references hospital,
  version integer not null,
  is_self_check_on boolean not null,
  cross_share double precision not null check (cross_share between 0 and 1),
  seed text not null check (seed ~ '^[0-9a-f]{16}$'),
  effective_from timestamptz not null,
  changed_by uuid not null,
  primary key (hospital_id, version)
);
call bind_to_hospital('check_policy', 'select, insert');

create table cross_check (
  hospital_id uuid not null references hospital,
  film_id uuid not null,
  account_id uuid not null,
  shift text not null check (shift in ('day', 'evening', 'night')),
  policy_version integer not null,
  drawn_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'done', 'lapsed')),
  closed_at timestamptz,
  primary key (hospital_id, film_id),
  foreign key (hospital_id, film_id) references film,
  foreign key (hospital_id, account_id) references account (hospital_id, account_id),
  foreign key (hospital_id, policy_version) references check_policy (hospital_id, version)
);
create index cross_check_open on cross_check (hospital_id, account_id, drawn_at) where state = 'open';
call bind_to_hospital('cross_check', 'select, insert, update');

-- A reading of its own kind and no grade: append-only, the newest of a kind counts.
create table film_check (
  hospital_id uuid not null references hospital,
  check_id uuid not null,
  film_id uuid not null,
  kind text not null check (kind in ('self', 'cross')),
  account_id uuid not null,
  at timestamptz not null,
  seconds_spent integer not null check (seconds_spent >= 0),
  verdict text not null check (verdict in ('fit', 'doubtful', 'repeat')),
  reason_code text,
  note text not null default '',
  primary key (hospital_id, check_id),
  check ((verdict = 'fit') = (reason_code is null)),
  foreign key (hospital_id, film_id) references film,
  foreign key (hospital_id, account_id) references account (hospital_id, account_id)
);
create index film_check_by_film on film_check (hospital_id, film_id, kind, at desc);
create index film_check_by_account on film_check (hospital_id, account_id, at desc);
call bind_to_hospital('film_check', 'select, insert');
