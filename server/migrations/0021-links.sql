create schema links;

-- A link a customer opens without an account (Kundenlink): one document and its neighbours, or what is open of him.
-- Of the token only its hash is kept; who has the database can't open a link.
create table links.link (
  id uuid primary key,
  token_hash bytea not null unique,
  customer_id uuid not null,
  -- null: what is open of the customer
  document_id uuid,
  made_at timestamptz not null,
  made_by uuid,
  expires_at timestamptz not null check (expires_at > made_at),
  revoked_at timestamptz,
  opened int not null default 0 check (opened >= 0),
  first_opened_at timestamptz,
  last_opened_at timestamptz,
  check ((opened = 0) = (first_opened_at is null) and (opened = 0) = (last_opened_at is null))
) with (fillfactor = 80);
create index link_customer on links.link (customer_id, id);
create index link_document on links.link (document_id, id) where document_id is not null;
create trigger link_facts before update of id, token_hash, customer_id, document_id, made_at, made_by, expires_at on links.link
  for each row execute function kernel.refuse_change();
create trigger link_revoked before update of revoked_at on links.link
  for each row when (old.revoked_at is not null) execute function kernel.refuse_change();

-- How often an address or a link was asked for lately. Worth nothing after a crash, so it is not logged.
create unlogged table links.throttle (
  bucket bytea primary key,
  since timestamptz not null,
  hits int not null
) with (fillfactor = 50);

-- What a customer says is missing or damaged (Meldung); what became of it stands in the steps. His words and how to reach
-- him are personal data and may be blanked once nobody needs them.
create table links.case (
  id uuid primary key,
  number text not null unique,
  link_id uuid not null references links.link,
  customer_id uuid not null,
  words text not null,
  contact text,
  language text not null check (language in ('de', 'en')),
  content_hash bytea not null,
  state text not null default 'open' check (state in ('open', 'answered', 'done')),
  reported_at timestamptz not null
) with (fillfactor = 80);
create index case_link on links.case (link_id, id);
create index case_customer on links.case (customer_id, id);
create index case_waiting on links.case (id) where state <> 'done';
-- the same said twice on one link, while nobody has dealt with it, is one case
create unique index case_once on links.case (link_id, content_hash) where state <> 'done';
create trigger case_facts before update of id, number, link_id, customer_id, language, content_hash, reported_at on links.case
  for each row execute function kernel.refuse_change();
create trigger case_kept before delete on links.case for each row execute function kernel.refuse_change();

create table links.case_line (
  case_id uuid not null references links.case,
  position int not null,
  note_id uuid not null,
  note_line_id uuid not null,
  problem text not null check (problem in ('missing', 'damaged')),
  quantity bigint not null check (quantity > 0),
  primary key (case_id, position),
  unique (case_id, note_line_id, problem)
);
create index case_line_note on links.case_line (note_id);
create trigger case_line_final before update or delete on links.case_line for each row execute function kernel.refuse_change();

create table links.case_step (
  id uuid primary key,
  case_id uuid not null references links.case,
  kind text not null check (kind in ('answered', 'returned', 'rejected', 'settled')),
  words text,
  return_id uuid,
  at timestamptz not null,
  by uuid,
  check ((kind = 'returned') = (return_id is not null)),
  check (words is not null or kind = 'returned')
);
create index case_step_case on links.case_step (case_id, id);
create trigger case_step_final before update or delete on links.case_step for each row execute function kernel.refuse_change();

-- Who took the goods (Empfangsbestätigung). A mistake gets a further row that says why; the former ones stay.
create table delivery.receipt (
  id uuid primary key,
  note_id uuid not null references delivery.note,
  position int not null check (position > 0),
  taken_by text not null,
  taken_at timestamptz not null,
  -- strokes of a pen on a field of 1000 by 400, never a picture from outside
  signature jsonb,
  reason text,
  recorded_at timestamptz not null,
  recorded_by uuid,
  unique (note_id, position),
  check ((position = 1) = (reason is null))
);
create trigger receipt_final before update or delete on delivery.receipt for each row execute function kernel.refuse_change();
create function delivery.receipt_of_issued() returns trigger language plpgsql as $$
begin
  if (select state from delivery.note where id = new.note_id) is distinct from 'issued' then
    raise exception 'only of an issued delivery note goods can have been taken' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger receipt_of_issued before insert on delivery.receipt for each row execute function delivery.receipt_of_issued();

update branches.merchant set details = details || '{"linkDays": 90}';
