-- Kernel: journal, events, numbers, users. The schema itself and kernel.schema_version are made by the migration runner.

-- A row that was written is a record: no update, no delete (GoBD: unalterable).
create function kernel.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of %.% are final', tg_table_schema, tg_table_name using errcode = 'integrity_constraint_violation';
end $$;

-- Who did what when. Holds no personal data: names and addresses live in customers and in the snapshots of documents.
-- (txid, position) is the order of the chain: everything below the oldest running transaction is complete.
create table kernel.journal (
  txid bigint not null default (pg_current_xact_id()::text::bigint),
  position bigint generated always as identity,
  id uuid not null,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('user', 'api-key', 'system')),
  actor_id uuid,
  use_case text not null,
  subject_id uuid,
  before jsonb,
  after jsonb,
  request_key text,
  input_hash bytea,
  output jsonb,
  primary key (txid, position)
);
create unique index journal_request_key on kernel.journal (request_key) where request_key is not null;
create index journal_subject on kernel.journal (subject_id) where subject_id is not null;
create trigger journal_final before update or delete on kernel.journal for each row execute function kernel.refuse_change();

-- The hash chain over the journal, sealed in batches so that writers do not queue behind one row.
create table kernel.seal (
  number bigint primary key,
  to_txid bigint not null,
  to_position bigint not null,
  rows int not null check (rows > 0),
  hash bytea not null,
  sealed_at timestamptz not null default now()
);
create trigger seal_final before update or delete on kernel.seal for each row execute function kernel.refuse_change();

create table kernel.event (
  txid bigint not null default (pg_current_xact_id()::text::bigint),
  position bigint generated always as identity,
  id uuid not null,
  at timestamptz not null,
  type text not null,
  data jsonb not null,
  primary key (txid, position)
);
create trigger event_final before update or delete on kernel.event for each row execute function kernel.refuse_change();

-- How far each listener has read the events.
create table kernel.subscription (
  name text primary key,
  txid bigint not null default 0,
  position bigint not null default 0
);

create table kernel.number_series (
  kind text not null,
  branch text not null default '',
  year int not null,
  last bigint not null,
  primary key (kind, branch, year)
) with (fillfactor = 10);

create table kernel.app_user (
  id uuid primary key,
  login text not null,
  name text not null,
  role text not null check (role in ('clerk', 'warehouse', 'accounting', 'administrator')),
  password_hash text not null,
  active boolean not null default true,
  created_at timestamptz not null default now()
);
create unique index app_user_login on kernel.app_user (lower(login));

create table kernel.session (
  token_hash bytea primary key,
  user_id uuid not null references kernel.app_user,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);

create table kernel.api_key (
  id uuid primary key,
  name text not null,
  prefix text not null,
  key_hash bytea not null unique,
  permissions text[] not null,
  active boolean not null default true,
  created_at timestamptz not null default now()
);

create table kernel.login_attempt (
  login text not null,
  at timestamptz not null default now(),
  address text not null
);
create index login_attempt_recent on kernel.login_attempt (login, at);

create table kernel.webhook (
  id uuid primary key,
  url text not null,
  secret text not null,
  event_types text[] not null default '{}',
  active boolean not null default true,
  created_at timestamptz not null default now()
);

create table kernel.webhook_delivery (
  id uuid primary key,
  webhook_id uuid not null references kernel.webhook,
  event_id uuid not null,
  event_txid bigint not null,
  event_position bigint not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
  attempts int not null default 0,
  last_status int,
  last_error text,
  created_at timestamptz not null default now(),
  delivered_at timestamptz
);
create index webhook_delivery_by_webhook on kernel.webhook_delivery (webhook_id, state);

-- Small facts about this installation: set-up code, when what ran last.
create table kernel.setting (
  name text primary key,
  value jsonb not null
);
