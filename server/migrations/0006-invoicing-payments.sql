create schema invoicing;

create table invoicing.invoice (
  id uuid primary key,
  number text not null unique,
  kind text not null check (kind in ('invoice', 'correction')),
  corrects uuid unique references invoicing.invoice,
  reason text,
  customer_id uuid not null,
  bill_to uuid not null,
  price_mode text not null check (price_mode in ('net', 'gross')),
  issued_on date not null,
  due_on date,
  period_from date not null,
  period_to date not null,
  net bigint not null,
  vat bigint not null,
  rounding bigint not null,
  gross bigint not null,
  prepaid bigint not null default 0,
  per_rate jsonb not null,
  skonto jsonb not null default '[]',
  document_id uuid not null,
  issued_at timestamptz not null,
  check (gross = net + vat),
  check ((kind = 'correction') = (corrects is not null))
);
create index invoice_customer on invoicing.invoice (customer_id, id);
create trigger invoice_final before update or delete on invoicing.invoice for each row execute function kernel.refuse_change();

create table invoicing.invoice_line (
  id uuid primary key,
  invoice_id uuid not null references invoicing.invoice,
  position int not null,
  note_id uuid not null,
  note_line_id uuid not null,
  order_id uuid not null,
  order_line_id uuid not null,
  quantity bigint not null check (quantity <> 0),
  amount bigint not null,
  net bigint not null,
  gross bigint not null,
  vat_category text not null,
  vat_rate int not null
);
create index invoice_line_invoice on invoicing.invoice_line (invoice_id, position);
create index invoice_line_note on invoicing.invoice_line (note_id);
create index invoice_line_order on invoicing.invoice_line (order_id);
create trigger invoice_line_final before update or delete on invoicing.invoice_line for each row execute function kernel.refuse_change();

create schema payments;

create table payments.payment (
  id uuid primary key,
  number text not null unique,
  customer_id uuid not null,
  received_on date not null,
  method text not null,
  reference text,
  amount bigint not null check (amount > 0),
  order_id uuid,
  at timestamptz not null
);
create index payment_customer on payments.payment (customer_id, id);
create trigger payment_final before update or delete on payments.payment for each row execute function kernel.refuse_change();
