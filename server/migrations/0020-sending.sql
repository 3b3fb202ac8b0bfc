-- How a customer gets his documents: which by e-mail, to whom, since when he agrees to plain electronic invoices.
alter table customers.customer add column sending jsonb not null default '{"kinds": [], "addresses": [], "addressesByKind": {}}';
-- Addresses from which a mail came back. Here and nowhere else, because it is personal data.
create table customers.bounced_address (
  customer_id uuid not null references customers.customer,
  address text not null,
  bounced_on date not null,
  reason text not null,
  primary key (customer_id, address)
);

create schema sending;

-- The merchant's mail server. The password is sealed with a key outside the database.
create table sending.settings (
  single boolean primary key default true check (single),
  active boolean not null,
  host text not null,
  port int not null check (port between 1 and 65535),
  security text not null check (security in ('tls', 'starttls', 'none')),
  user_name text,
  password text,
  from_address text not null,
  from_name text not null,
  reply_to text,
  bcc text,
  largest_megabytes int not null check (largest_megabytes between 1 and 100),
  texts jsonb not null default '{}',
  changed_at timestamptz not null,
  -- the server rests after trouble that is not of one message
  troubles int not null default 0,
  trouble text,
  not_before timestamptz
);

-- A document that goes, went, or failed to go to somebody. What names a person (recipients, reached, refused, subject,
-- body) may be emptied once nobody needs it; what was sent when stays in the attempts.
create table sending.message (
  id uuid primary key,
  document_id uuid not null,
  kind text not null,
  number text not null,
  customer_id uuid not null,
  -- how it is sent, and the file of the document that carries it
  form text not null check (form in ('xrechnung-ubl', 'xrechnung-cii', 'factur-x', 'pdf')),
  format text not null,
  language text not null check (language in ('de', 'en')),
  recipients text[] not null,
  -- who of them the server took it for, and who it refused for good
  reached text[] not null default '{}',
  refused text[] not null default '{}',
  -- the words as they went out; in place of the customer's link stands {link}
  subject text,
  body text,
  -- the link, sealed as the password is: who has the database can't open it
  link text,
  automatic boolean not null,
  repeats uuid references sending.message,
  queued_by uuid,
  created_at timestamptz not null,
  state text not null check (state in ('waiting', 'sent', 'partly', 'failed', 'cancelled')),
  -- why it waits or failed: a code with words, or what the server said
  problem text,
  attempts int not null default 0,
  -- those of them that failed because of this message; the others were trouble of the server
  tries int not null default 0,
  not_before timestamptz,
  lease_by uuid,
  lease_until timestamptz,
  -- the same for every attempt
  message_id text unique,
  ended_at timestamptz,
  returned_on date,
  returned_reason text
) with (fillfactor = 70);
create index message_document on sending.message (document_id);
create index message_customer on sending.message (customer_id, id);
create index message_waiting on sending.message (id) where state = 'waiting';
-- the event may come twice, the message doesn't
create unique index message_once on sending.message (document_id) where automatic;

-- Each time we spoke with the server about it: the proof. Written before, completed after.
create table sending.attempt (
  message_id uuid not null references sending.message,
  number int not null,
  begun_at timestamptz not null,
  ended_at timestamptz,
  outcome text not null default 'begun' check (outcome in ('begun', 'sent', 'again', 'failed', 'unsure')),
  code int,
  -- what the server said; may name an address, so it may be emptied
  answer text,
  -- [{format, fileName, sha256, bytes}] as it went out
  attached jsonb not null default '[]',
  primary key (message_id, number)
);
create function sending.keep_attempt() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.outcome <> 'begun' and
     (new.message_id, new.number, new.begun_at, new.ended_at, new.outcome, new.code, new.attached::text)
       is distinct from (old.message_id, old.number, old.begun_at, old.ended_at, old.outcome, old.code, old.attached::text)
     or new.answer is not null and old.outcome <> 'begun' and new.answer is distinct from old.answer
  then raise exception 'rows of sending.attempt are final' using errcode = 'integrity_constraint_violation'; end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger attempt_final before update or delete on sending.attempt for each row execute function sending.keep_attempt();

-- Only what is issued from now on is sent by itself.
insert into kernel.subscription (name, txid, position)
select 'sending', e.txid, e.position from kernel.event e order by e.txid desc, e.position desc limit 1
on conflict do nothing;
