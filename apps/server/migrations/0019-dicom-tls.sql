-- A destination that is reached by DICOM over TLS; STOW says so by its address.
alter table destination add column uses_tls boolean not null default false;
