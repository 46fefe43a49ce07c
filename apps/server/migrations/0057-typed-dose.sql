-- Dose that a person read off a dose screen, where no report tells it: append-only, the last entry of a picture counts.
create table typed_dose (
  hospital_id uuid not null references hospital,
  typed_dose_id uuid not null,
  exam_id uuid not null,
  -- The picture it was read from.
  subject_uid text not null,
  dlp_mgy_cm double precision,
  highest_ctdi_vol_mgy double precision,
  dose_area_product_dgy_cm2 double precision,
  reference_point_dose_mgy double precision,
  average_glandular_dose_mgy double precision,
  -- The screen tells no dose: an entry that takes an earlier one back.
  is_withdrawn boolean not null default false,
  typed_by uuid not null,
  typed_by_name text not null,
  typed_at timestamptz not null,
  primary key (hospital_id, typed_dose_id),
  foreign key (hospital_id, exam_id) references exam,
  foreign key (hospital_id, typed_by) references account (hospital_id, account_id)
);
create index typed_dose_by_exam on typed_dose (hospital_id, exam_id, subject_uid, typed_at desc);
call bind_to_hospital('typed_dose', 'select, insert');
