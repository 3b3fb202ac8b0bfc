-- A correction may take back a part of its invoice, so there may be several. `corrects_all`: after this one nothing of
-- the corrected document stands. `source_id`: the return it was made for; then it's taken back only along with that.
alter table invoicing.invoice drop constraint invoice_corrects_key;
alter table invoicing.invoice add column corrects_all boolean not null default true;
alter table invoicing.invoice add column source_id uuid;
create index invoice_corrects on invoicing.invoice (corrects) where corrects is not null;
create unique index invoice_corrected_whole on invoicing.invoice (corrects) where corrects_all and corrects is not null;
create index invoice_source on invoicing.invoice (source_id) where source_id is not null;

-- Each line of a correction names the line it takes back.
alter table invoicing.invoice_line add column corrects_line uuid;
alter table invoicing.invoice_line disable trigger invoice_line_final;
update invoicing.invoice_line l set corrects_line = o.id
  from invoicing.invoice c join invoicing.invoice_line o on o.invoice_id = c.corrects
 where c.id = l.invoice_id and o.position = l.position;
alter table invoicing.invoice_line enable trigger invoice_line_final;
create index invoice_line_corrects on invoicing.invoice_line (corrects_line) where corrects_line is not null;
create index invoice_line_note_line on invoicing.invoice_line (note_line_id);

-- How much of a line was taken back; a row only where something was. Never more than it billed.
create table invoicing.credited (
  invoice_line_id uuid primary key references invoicing.invoice_line,
  billed bigint not null,
  credited bigint not null,
  constraint never_more_than_billed check (credited between 0 and billed)
) with (fillfactor = 70);
insert into invoicing.credited (invoice_line_id, billed, credited)
select o.id, abs(o.quantity), abs(l.quantity) from invoicing.invoice_line l join invoicing.invoice_line o on o.id = l.corrects_line;

-- Places that are not for sale: what came back and waits, is scrap, or goes back to the supplier.
alter table branches.stock_location add column purpose text not null default 'sale'
  check (purpose in ('sale', 'quarantine', 'scrap', 'supplier'));

-- Money that goes back to a customer, out of a credit of his.
alter table receivables.entry drop constraint entry_kind_check;
alter table receivables.entry add constraint entry_kind_check check (kind in ('invoice', 'correction', 'payment', 'skonto', 'refund'));
create table payments.refund (
  id uuid primary key,
  number text not null unique,
  customer_id uuid not null,
  credit_id uuid not null,
  paid_on date not null,
  method text not null,
  reference text,
  amount bigint not null check (amount > 0),
  at timestamptz not null
);
create index refund_credit on payments.refund (credit_id);
create index refund_customer on payments.refund (customer_id, id);
create trigger refund_final before update or delete on payments.refund for each row execute function kernel.refuse_change();

-- What becomes of money that comes back: the document a customer wants for it (1001: 381 or 384).
alter table customers.customer add column credit_document text not null default 'credit-note'
  check (credit_document in ('credit-note', 'correction'));

create schema returns;

-- A return (Rücknahme): a record like a delivery note. It is taken back by a row of its own.
create table returns.goods_return (
  id uuid primary key,
  number text not null unique,
  customer_id uuid not null,
  returned_on date not null,
  money text not null check (money in ('set-off', 'credit', 'refund')),
  remark text,
  document_id uuid not null,
  created_at timestamptz not null
);
create index goods_return_customer on returns.goods_return (customer_id, id);
create trigger goods_return_final before update or delete on returns.goods_return for each row execute function kernel.refuse_change();

create table returns.line (
  id uuid primary key,
  return_id uuid not null references returns.goods_return,
  position int not null,
  note_id uuid not null,
  note_line_id uuid not null,
  order_id uuid not null,
  order_line_id uuid not null,
  article_id uuid,
  quantity bigint not null check (quantity > 0),
  -- of it billed before, and so taken back by a correction
  credited bigint not null check (credited between 0 and quantity),
  reason text not null check (reason in ('changed-mind', 'defective', 'damaged-in-transit', 'wrong-delivery', 'undelivered', 'refused', 'shortage', 'other')),
  condition text not null check (condition in ('as-new', 'opened', 'used', 'damaged', 'not-inspected', 'not-received')),
  goods text not null check (goods in ('restock', 'quarantine', 'scrap', 'supplier', 'none')),
  -- where they were put; null where nothing came back
  location_id uuid,
  unique (return_id, position),
  check ((location_id is null) = (goods = 'none' or article_id is null))
);
create index return_line_note on returns.line (note_id);
create index return_line_note_line on returns.line (note_line_id);
create index return_line_order on returns.line (order_id);
create trigger return_line_final before update or delete on returns.line for each row execute function kernel.refuse_change();

create table returns.cancellation (
  return_id uuid primary key references returns.goods_return,
  reason text not null,
  at timestamptz not null
);
create trigger cancellation_final before update or delete on returns.cancellation for each row execute function kernel.refuse_change();

-- What was decided later about goods that lay in quarantine.
create table returns.inspection (
  id uuid primary key,
  return_id uuid not null references returns.goods_return,
  line_id uuid not null references returns.line,
  condition text not null check (condition in ('as-new', 'opened', 'used', 'damaged')),
  goods text not null check (goods in ('restock', 'scrap', 'supplier')),
  quantity bigint not null check (quantity > 0),
  location_id uuid not null,
  at timestamptz not null
);
create index inspection_return on returns.inspection (return_id);
create trigger inspection_final before update or delete on returns.inspection for each row execute function kernel.refuse_change();

update branches.merchant set details = details || '{"returnDays": 90}';
