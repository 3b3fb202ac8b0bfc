create schema documents;

-- What an issued document says. The snapshot is kept as the exact text that was hashed.
create table documents.document (
  id uuid primary key,
  kind text not null,
  number text not null,
  subject_id uuid not null,
  snapshot json not null,
  snapshot_sha256 bytea not null,
  formats text[] not null,
  created_at timestamptz not null default now()
);
create index document_subject on documents.document (subject_id);
create trigger document_final before update or delete on documents.document for each row execute function kernel.refuse_change();

-- The files made from it, once each; never made differently again.
create table documents.file (
  document_id uuid not null references documents.document,
  format text not null,
  file_name text not null,
  media_type text not null,
  bytes bytea not null,
  sha256 bytea not null,
  made_at timestamptz not null default now(),
  primary key (document_id, format)
);
alter table documents.file alter column bytes set storage external;
create trigger file_final before update or delete on documents.file for each row execute function kernel.refuse_change();

create table documents.failure (
  document_id uuid not null references documents.document,
  format text not null,
  attempts int not null,
  error text not null,
  at timestamptz not null default now(),
  primary key (document_id, format)
);
