create schema stock;

create table stock.level (
  article_id uuid not null,
  location_id uuid not null,
  on_hand bigint not null default 0 check (on_hand >= 0),
  reserved bigint not null default 0,
  primary key (article_id, location_id),
  check (reserved between 0 and on_hand)
) with (fillfactor = 70);

-- Goods move from a place to a place, never a bare plus or minus. null = outside: supplier, customer, or unknown (correction).
create table stock.movement (
  id uuid primary key,
  at timestamptz not null,
  article_id uuid not null,
  from_location uuid,
  to_location uuid,
  quantity bigint not null check (quantity > 0),
  reason text not null check (reason in ('goods-receipt', 'goods-issue', 'correction', 'transfer', 'return')),
  note text,
  reference_kind text,
  reference_id uuid,
  reference_number text,
  check (from_location is distinct from to_location)
);
create index movement_article on stock.movement (article_id, id);
create trigger movement_final before update or delete on stock.movement for each row execute function kernel.refuse_change();

-- Open reservations; a row goes when nothing is left of it.
create table stock.reservation (
  order_line_id uuid not null,
  location_id uuid not null,
  article_id uuid not null,
  order_id uuid not null,
  quantity bigint not null check (quantity > 0),
  primary key (order_line_id, location_id)
);
create index reservation_article on stock.reservation (article_id, location_id);
create index reservation_order on stock.reservation (order_id);

-- What an order waits for; goods receipts fill it, oldest first.
create table stock.backorder (
  order_line_id uuid primary key,
  article_id uuid not null,
  order_id uuid not null,
  locations uuid[] not null,
  quantity bigint not null check (quantity > 0),
  since timestamptz not null
);
create index backorder_article on stock.backorder (article_id, since);
create index backorder_order on stock.backorder (order_id);

create schema receivables;

-- One row a customer, locked by whoever changes what he owes: two orders at the same moment can't both pass the limit.
create table receivables.account (
  customer_id uuid primary key,
  open_orders bigint not null default 0,
  unbilled bigint not null default 0,
  open_items bigint not null default 0,
  credits bigint not null default 0 check (credits >= 0)
) with (fillfactor = 70);

-- The ledger: what is owed (+) and what was settled (-), never changed.
create table receivables.entry (
  id uuid primary key,
  at timestamptz not null,
  day date not null,
  customer_id uuid not null,
  kind text not null check (kind in ('invoice', 'correction', 'payment', 'skonto')),
  amount bigint not null,
  source_id uuid not null,
  number text not null
);
create index entry_customer on receivables.entry (customer_id, id);
create trigger entry_final before update or delete on receivables.entry for each row execute function kernel.refuse_change();

create table receivables.open_item (
  invoice_id uuid primary key,
  customer_id uuid not null,
  number text not null,
  issued_on date not null,
  due_on date,
  amount bigint not null check (amount >= 0),
  open bigint not null,
  skonto jsonb not null default '[]',
  check (open between 0 and amount)
);
create index open_item_open on receivables.open_item (customer_id, due_on) where open > 0;

-- Money of the customer that is with us: payments, prepayments, corrections; what is left is his credit.
create table receivables.credit (
  id uuid primary key,
  customer_id uuid not null,
  kind text not null check (kind in ('payment', 'prepayment', 'correction')),
  order_id uuid,
  amount bigint not null check (amount > 0),
  "left" bigint not null,
  received_on date not null,
  check ("left" between 0 and amount)
);
create index credit_left on receivables.credit (customer_id) where "left" > 0;

create table receivables.allocation (
  id uuid primary key,
  at timestamptz not null,
  credit_id uuid not null references receivables.credit,
  invoice_id uuid not null references receivables.open_item,
  amount bigint not null check (amount >= 0),
  skonto bigint not null default 0 check (skonto >= 0),
  check (amount + skonto > 0)
);
create index allocation_invoice on receivables.allocation (invoice_id);
create index allocation_credit on receivables.allocation (credit_id);
create trigger allocation_final before update or delete on receivables.allocation for each row execute function kernel.refuse_change();
