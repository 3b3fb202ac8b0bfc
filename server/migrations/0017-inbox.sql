-- E-invoices that others sent: the file as it came, and what a list of them shows.
create schema inbox;

create table inbox.received (
  id uuid primary key,
  received_at timestamptz not null,
  -- the user or key that put it in
  received_by uuid,
  file_name text not null,
  media_type text not null,
  bytes bytea not null,
  sha256 bytea not null unique,
  profile text not null,
  number text not null,
  issued_on date,
  due_on date,
  seller_name text not null,
  currency text not null,
  -- hundredths of the currency; null where the invoice says none in whole ones
  gross bigint,
  -- what the rules found on the day it came
  fatal int not null,
  warnings int not null
);
create trigger received_final before update or delete on inbox.received for each row execute function kernel.refuse_change();
