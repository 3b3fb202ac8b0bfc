create schema shops;

-- A web shop behind a sales channel: how to reach it, and how it is doing.
create table shops.connection (
  channel_id uuid primary key references branches.channel,
  kind text not null,
  address text not null,
  secrets jsonb not null,
  -- our own address as the shop reaches it, for its hooks
  public_address text,
  safety_stock bigint not null default 0 check (safety_stock >= 0),
  price_group text not null default 'standard',
  active boolean not null default true,
  -- up to where the shop's changed orders were asked for, in the shop's own time
  order_cursor text,
  polled_at timestamptz,
  recounted_at timestamptz,
  -- circuit breaker: so many troubles in a row, and not before this moment again
  troubles int not null default 0,
  trouble text,
  not_before timestamptz,
  progress jsonb,
  created_at timestamptz not null default now()
) with (fillfactor = 70);

-- One process at a time works in a lane of a shop: orders coming in, news going out, long work.
create table shops.lease (
  channel_id uuid not null references shops.connection,
  lane text not null check (lane in ('in', 'out', 'long')),
  by uuid not null,
  until timestamptz not null,
  primary key (channel_id, lane)
) with (fillfactor = 70);

-- What is to be done with one shop, one row a thing: asked for again while it waits, it is the same row with a higher
-- wish. Done is what was wished when the work began, so a crash in between does it again.
create table shops.task (
  id uuid primary key,
  channel_id uuid not null references shops.connection,
  kind text not null check (kind in ('take-order', 'take-customer', 'stock', 'show-order', 'show-article', 'match', 'recount', 'publish', 'replay', 'hooks')),
  object_id text not null,
  wished bigint not null default 1,
  done bigint not null default 0,
  wished_at timestamptz not null,
  attempts int not null default 0,
  not_before timestamptz,
  state text not null default 'open' check (state in ('open', 'dead')),
  problem text,
  unique (channel_id, kind, object_id),
  check (done <= wished)
) with (fillfactor = 70);
create index task_open on shops.task (channel_id, wished_at) where state = 'open' and done < wished;
create index task_dead on shops.task (channel_id, id) where state = 'dead';

-- Every event in and out: when, what, what the other side answered, which attempt.
create table shops.receipt (
  id uuid primary key,
  at timestamptz not null,
  channel_id uuid not null,
  direction text not null check (direction in ('in', 'out')),
  kind text not null,
  object_id text not null,
  delivery_id text,
  attempt int not null default 1,
  outcome text not null check (outcome in ('received', 'done', 'nothing-to-do', 'parked', 'stale', 'again', 'dead')),
  answer text,
  facts jsonb not null default '{}',
  milliseconds int
);
create unique index receipt_delivery on shops.receipt (channel_id, delivery_id) where delivery_id is not null;
create index receipt_channel on shops.receipt (channel_id, id);
create index receipt_object on shops.receipt (channel_id, object_id, id);
-- A receipt says what was; old ones are forgotten, none is changed.
create function shops.keep_receipt() returns trigger language plpgsql as $$
begin
  raise exception 'receipts are not changed' using errcode = 'integrity_constraint_violation';
end $$;
create trigger receipt_final before update on shops.receipt for each row execute function shops.keep_receipt();

-- Orders of the shop as we last saw them: the shop's id, its time of the last change, what differs from what we took.
create table shops.shop_order (
  channel_id uuid not null references shops.connection,
  external_id text not null,
  external_number text not null,
  changed_at text not null,
  seen_at timestamptz not null,
  -- lines of bundles: the shop's pieces and how many of ours make one
  bundles jsonb,
  -- what somebody has to decide, for example a quantity that grew after we took the order
  conflict jsonb,
  -- the change whose differences somebody dealt with
  settled_change text,
  primary key (channel_id, external_id)
);
create index shop_order_number on shops.shop_order (channel_id, external_number);
create index shop_order_conflict on shops.shop_order (channel_id) where conflict is not null;

-- An article of the shop, seen when its catalogue was read.
create table shops.catalogue_item (
  channel_id uuid not null references shops.connection,
  sku text not null,
  ids jsonb not null,
  gtin text,
  name text not null,
  price bigint,
  vat_rate int,
  active boolean not null,
  doubled boolean not null default false,
  seen_at timestamptz not null,
  primary key (channel_id, sku)
);

-- An article of the shop that is made of ours: one, or several of a bundle.
create table shops.listing (
  id uuid primary key,
  channel_id uuid not null references shops.connection,
  sku text not null,
  ids jsonb not null,
  -- what the shop shows, read or written last, and since when that is not what it should be
  shown bigint,
  shown_at timestamptz,
  expected bigint,
  drift_since timestamptz,
  unique (channel_id, sku)
) with (fillfactor = 70);
create index listing_drift on shops.listing (channel_id) where drift_since is not null;
create table shops.listing_part (
  listing_id uuid not null references shops.listing on delete cascade,
  article_id uuid not null references catalog.article,
  quantity bigint not null check (quantity > 0),
  primary key (listing_id, article_id)
);
create index listing_part_article on shops.listing_part (article_id);
