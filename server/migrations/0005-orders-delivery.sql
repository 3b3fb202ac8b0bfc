create schema orders;

create table orders.sales_order (
  id uuid primary key,
  number text not null unique,
  channel text not null,
  external_number text,
  content_hash bytea not null,
  content jsonb not null,
  customer_id uuid not null references customers.customer,
  bill_to uuid not null references customers.address,
  deliver_to uuid not null references customers.address,
  price_mode text not null check (price_mode in ('net', 'gross')),
  payment_method text not null,
  payment_reference text,
  prepaid bigint not null default 0,
  on_account boolean not null,
  buyer_order_number text,
  note text,
  ordered_at timestamptz not null,
  net bigint not null,
  vat bigint not null,
  gross bigint not null,
  per_rate jsonb not null,
  hold jsonb,
  held_at timestamptz,
  released_at timestamptz,
  released_by uuid,
  release_reason text
);
create unique index sales_order_external on orders.sales_order (channel, external_number) where external_number is not null;
create index sales_order_customer on orders.sales_order (customer_id, id);
create index sales_order_on_hold on orders.sales_order (id) where hold is not null;

-- The truth of an order: its quantities per line. Every status is derived from them.
create table orders.order_line (
  id uuid primary key,
  order_id uuid not null references orders.sales_order,
  position int not null,
  kind text not null check (kind in ('goods', 'shipping', 'surcharge')),
  article_id uuid,
  article_number text,
  external_line text,
  name text not null,
  unit text not null,
  vat_category text not null,
  vat_rate int not null,
  unit_price bigint not null,
  discount bigint not null,
  discount_reason text,
  amount bigint not null,
  gross bigint not null,
  ordered bigint not null check (ordered > 0),
  cancelled bigint not null default 0 check (cancelled >= 0),
  planned bigint not null default 0 check (planned >= 0),
  delivered bigint not null default 0 check (delivered >= 0),
  returned bigint not null default 0 check (returned >= 0),
  invoiced bigint not null default 0 check (invoiced >= 0),
  unique (order_id, position),
  constraint not_more_than_ordered check (cancelled + planned + delivered <= ordered),
  constraint not_more_than_delivered check (returned <= delivered and invoiced <= delivered - returned)
) with (fillfactor = 70);

create table orders.parked_order (
  id uuid primary key,
  channel text not null,
  external_number text,
  content jsonb,
  party_id uuid references customers.intake_party,
  reasons jsonb not null,
  gross bigint,
  state text not null default 'parked' check (state in ('parked', 'completed', 'discarded')),
  order_id uuid references orders.sales_order,
  received_at timestamptz not null
);
create unique index parked_order_external on orders.parked_order (channel, external_number) where external_number is not null and state = 'parked';
create index parked_order_state on orders.parked_order (state, id);

create schema delivery;

create table delivery.note (
  id uuid primary key,
  number text unique,
  state text not null default 'open' check (state in ('open', 'issued', 'cancelled')),
  customer_id uuid not null,
  deliver_to uuid not null,
  location_id uuid not null,
  created_at timestamptz not null,
  issued_on date,
  delivered_on date,
  parcels int,
  gross_weight int,
  carrier text,
  tracking_number text,
  document_id uuid,
  billable boolean not null default false,
  check ((state = 'issued') = (number is not null and issued_on is not null and delivered_on is not null and document_id is not null))
) with (fillfactor = 80);
create index note_billable on delivery.note (customer_id) where billable;
create index note_open on delivery.note (id) where state = 'open';
create index note_customer on delivery.note (customer_id, id);

create table delivery.note_line (
  id uuid primary key,
  note_id uuid not null references delivery.note,
  position int not null,
  order_id uuid not null,
  order_line_id uuid not null,
  planned bigint not null check (planned > 0),
  delivered bigint not null default 0 check (delivered between 0 and planned),
  returned bigint not null default 0 check (returned >= 0),
  invoiced bigint not null default 0 check (invoiced >= 0),
  unique (note_id, position),
  constraint billed_once check (invoiced <= delivered - returned)
) with (fillfactor = 70);
create index note_line_order on delivery.note_line (order_id);

-- An issued note is a record: only what was billed or came back may still change.
create function delivery.protect_note() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.state = 'issued' then raise exception 'delivery note % is issued', old.number using errcode = 'integrity_constraint_violation'; end if;
    return old;
  end if;
  if old.state <> 'open' and (to_jsonb(new) - 'billable') is distinct from (to_jsonb(old) - 'billable') then
    raise exception 'delivery note % is %', coalesce(old.number, old.id::text), old.state using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger note_final before update or delete on delivery.note for each row when (old.state <> 'open') execute function delivery.protect_note();
create function delivery.protect_note_line() returns trigger language plpgsql as $$
begin
  if (select state from delivery.note where id = old.note_id) = 'issued' then
    raise exception 'the delivery note of this line is issued' using errcode = 'integrity_constraint_violation';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger note_line_final before delete on delivery.note_line for each row execute function delivery.protect_note_line();
create trigger note_line_facts before update of note_id, position, order_id, order_line_id, planned, delivered on delivery.note_line
  for each row when (old.delivered > 0) execute function delivery.protect_note_line();
