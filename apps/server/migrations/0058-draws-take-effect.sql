-- A draw is stored at once. The films it left out of a long list take their state behind it, in batches, so that
-- nobody's saving waits for a hundred thousand rows; null while some still have to.
alter table sampling_draw add column applied_at timestamptz;
update sampling_draw set applied_at = drawn_at;
grant update (applied_at) on sampling_draw to jiapian_app;
