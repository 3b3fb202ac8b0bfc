-- How a customer wants to be billed, beside the rule he already has.
alter table customers.customer
  add column billing_amount bigint not null default 0 check (billing_amount >= 0),
  add column invoice_grouping text not null default 'none' check (invoice_grouping in ('none', 'order', 'delivery-address', 'buyer-order-number'));

-- Who has something to be billed, and since when, is read from the index alone however long the history is.
drop index delivery.note_billable;
create index note_billable on delivery.note (customer_id, delivered_on) where billable;
create index invoice_issued on invoicing.invoice (issued_on);

-- Whatever mistake somebody makes in grouping: an invoice never holds what went to another customer, bill-to or price mode.
create function invoicing.one_buyer() returns trigger language plpgsql as $$
begin
  if exists (
    select from added l join invoicing.invoice i on i.id = l.invoice_id
      left join orders.sales_order o on o.id = l.order_id left join delivery.note n on n.id = l.note_id
     where o.customer_id <> i.customer_id or n.customer_id <> i.customer_id or o.bill_to <> i.bill_to or o.price_mode <> i.price_mode)
  then raise exception 'an invoice is for one buyer' using errcode = 'integrity_constraint_violation'; end if;
  return null;
end $$;
create trigger invoice_line_buyer after insert on invoicing.invoice_line referencing new table as added
  for each statement execute function invoicing.one_buyer();

create schema billing;

-- When the run comes by itself; the clock is German.
create table billing.settings (
  single boolean primary key default true check (single),
  scheduled boolean not null default false,
  hour int not null default 5 check (hour between 0 and 23),
  last_run_on date
);
insert into billing.settings default values;

-- A run: first it is planned, then it bills. The counts are of its bills.
create table billing.run (
  id uuid primary key,
  state text not null check (state in ('planning', 'planned', 'billing', 'stopped', 'done', 'discarded')),
  -- set when it shall bill without anybody looking at the plan
  at_once boolean not null,
  scheduled boolean not null,
  -- billed is what was delivered up to this day, and only what is due on it unless everything is wanted
  day date not null,
  everything boolean not null,
  customer_id uuid,
  rule text,
  actor_kind text not null,
  actor_id uuid,
  -- customers are planned in the order of their ids, up to here
  planned_to uuid,
  created_at timestamptz not null,
  ended_at timestamptz
) with (fillfactor = 70);
create index run_at_work on billing.run (id) where state in ('planning', 'billing');

-- An invoice of a run: what it takes was chosen when it was planned, so what is delivered later doesn't disturb it.
create table billing.bill (
  id uuid primary key,
  run_id uuid not null references billing.run,
  customer_id uuid not null,
  note_line_ids uuid[] not null check (cardinality(note_line_ids) > 0),
  due_on date,
  delivered_from date not null,
  delivered_to date not null,
  notes int not null,
  net bigint,
  vat bigint,
  gross bigint not null,
  state text not null default 'waiting' check (state in ('waiting', 'billed', 'refused', 'gone', 'excluded')),
  reason text,
  refusal jsonb,
  invoice_id uuid unique,
  check ((state = 'billed') = (invoice_id is not null)),
  check ((state = 'excluded') = (reason is not null))
) with (fillfactor = 70);
create index bill_run on billing.bill (run_id, id);
create index bill_waiting on billing.bill (run_id, id) where state = 'waiting';
