-- Where a customer wants his money: {iban, bic, holder}.
alter table customers.customer add column bank_account jsonb;
-- One correction for all invoices that a return touches, as far as they agree.
alter table customers.customer add column collective_credit boolean not null default false;

-- Who could pay out before still can, but by a right of its own.
update kernel.api_key set permissions = permissions || array['payments.refund']
 where 'payments.write' = any(permissions) and not 'payments.refund' = any(permissions);

-- A refund by transfer waits for a payment file; what was refunded before was paid by hand.
alter table payments.refund add column by_file boolean not null default false;

-- What became of a waiting refund outside of any file: somebody paid it himself, or it was a mistake.
create table payments.refund_outcome (
  refund_id uuid primary key references payments.refund,
  outcome text not null check (outcome in ('paid-by-hand', 'cancelled')),
  note text,
  at timestamptz not null
);
create trigger refund_outcome_final before update or delete on payments.refund_outcome for each row execute function kernel.refuse_change();

-- A file of transfers (pain.001) as it was made; what it says is its document.
create table payments.payment_file (
  id uuid primary key,
  number text not null unique,
  execute_on date not null,
  count int not null check (count > 0),
  total bigint not null check (total > 0),
  document_id uuid not null,
  created_at timestamptz not null
);
create trigger payment_file_final before update or delete on payments.payment_file for each row execute function kernel.refuse_change();

create table payments.payment_file_item (
  file_id uuid not null references payments.payment_file,
  position int not null,
  refund_id uuid not null references payments.refund,
  primary key (file_id, position),
  unique (file_id, refund_id)
);
create index payment_file_item_refund on payments.payment_file_item (refund_id);
create trigger payment_file_item_final before update or delete on payments.payment_file_item for each row execute function kernel.refuse_change();

-- Handed to the bank, or withdrawn: the bank refused it, or nobody sent it.
create table payments.payment_file_step (
  file_id uuid not null references payments.payment_file,
  step text not null check (step in ('handed-over', 'withdrawn')),
  reason text,
  at timestamptz not null,
  primary key (file_id, step)
);
create trigger payment_file_step_final before update or delete on payments.payment_file_step for each row execute function kernel.refuse_change();

-- The one file a refund is in; gone when that is withdrawn. The key is why no refund is paid by two files.
create table payments.refund_in_file (
  refund_id uuid primary key references payments.refund,
  file_id uuid not null references payments.payment_file
);
create index refund_in_file_file on payments.refund_in_file (file_id);

-- A correction over several invoices: what of it concerns which. A correction of one names it itself (`corrects`).
alter table invoicing.invoice drop constraint invoice_check1;
alter table invoicing.invoice add check (corrects is null or kind = 'correction');
create table invoicing.collective_part (
  correction_id uuid not null references invoicing.invoice,
  invoice_id uuid not null references invoicing.invoice,
  position int not null,
  -- as the ledger has it: below zero where something is given back
  payable bigint not null,
  whole boolean not null,
  primary key (correction_id, invoice_id)
);
create index collective_part_invoice on invoicing.collective_part (invoice_id);
create unique index collective_part_whole on invoicing.collective_part (invoice_id) where whole;
create trigger collective_part_final before update or delete on invoicing.collective_part for each row execute function kernel.refuse_change();

-- Every correction by document it corrects, whether it corrects one or several.
create view invoicing.correction_of as
select id as correction_id, corrects as invoice_id, gross + rounding as payable, corrects_all as whole from invoicing.invoice where corrects is not null
union all
select correction_id, invoice_id, payable, whole from invoicing.collective_part;

-- Other goods that a customer got for those he brought, in the same step.
create table returns.exchange (
  return_id uuid primary key references returns.goods_return,
  order_id uuid not null unique,
  note_id uuid,
  invoice_id uuid
);
create trigger exchange_final before update or delete on returns.exchange for each row execute function kernel.refuse_change();

-- A return that a shop knows of and the desk doesn't yet.
create table returns.announcement (
  id uuid primary key,
  channel text not null,
  external_id text not null,
  order_id uuid not null,
  lines jsonb not null,
  refunded bigint not null default 0,
  reason text,
  announced_at timestamptz not null,
  -- the return that came of it, or why none
  return_id uuid,
  dismissed text,
  settled_at timestamptz,
  unique (channel, external_id)
);
create index announcement_order on returns.announcement (order_id);
create index announcement_waiting on returns.announcement (id) where settled_at is null;
