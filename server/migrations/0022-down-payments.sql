-- Invoices before delivery: a down payment on an order. It bills no pieces, so it has no invoice lines but amounts a rate.
alter table invoicing.invoice drop constraint invoice_kind_check;
alter table invoicing.invoice add constraint invoice_kind_check check (kind in ('invoice', 'down-payment', 'correction'));
-- the order a down-payment invoice, or the correction of one, is about
alter table invoicing.invoice add column order_id uuid;
alter table invoicing.invoice add constraint down_payment_on_order check (kind <> 'down-payment' or order_id is not null);
create index invoice_order on invoicing.invoice (order_id) where order_id is not null;

-- What a down-payment invoice bills, a row a rate. `left_..`: what no invoice deducted and no correction took back.
create table invoicing.down_payment (
  invoice_id uuid not null references invoicing.invoice,
  vat_category text not null,
  vat_rate int not null,
  order_id uuid not null,
  payable bigint not null check (payable > 0),
  net bigint not null,
  vat bigint not null,
  left_payable bigint not null,
  left_net bigint not null,
  left_vat bigint not null,
  primary key (invoice_id, vat_category, vat_rate),
  constraint never_more_than_billed check (left_payable between 0 and payable and left_net between 0 and net and left_vat between 0 and vat)
) with (fillfactor = 70);
create index down_payment_left on invoicing.down_payment (order_id) where left_payable > 0;

-- What documents used up of down payments: an invoice deducts (+), a correction of it gives back (-), a correction of the
-- down payment takes it back (+).
create table invoicing.down_payment_use (
  id uuid primary key,
  invoice_id uuid not null references invoicing.invoice,
  down_payment_id uuid not null references invoicing.invoice,
  vat_category text not null,
  vat_rate int not null,
  payable bigint not null check (payable <> 0),
  net bigint not null,
  vat bigint not null
);
create index down_payment_use_invoice on invoicing.down_payment_use (invoice_id);
create index down_payment_use_of on invoicing.down_payment_use (down_payment_id);
create trigger down_payment_use_final before update or delete on invoicing.down_payment_use for each row execute function kernel.refuse_change();

-- Whatever mistake somebody makes: nobody gets deducted what another customer paid.
create function invoicing.own_down_payment() returns trigger language plpgsql as $$
begin
  if exists (
    select from added u join invoicing.invoice i on i.id = u.invoice_id join invoicing.invoice d on d.id = u.down_payment_id
     where i.customer_id <> d.customer_id or d.kind <> 'down-payment')
  then raise exception 'a down payment is deducted for who paid it' using errcode = 'integrity_constraint_violation'; end if;
  return null;
end $$;
create trigger down_payment_use_owner after insert on invoicing.down_payment_use referencing new table as added
  for each statement execute function invoicing.own_down_payment();

-- Billed as down payment and not deducted yet: part of an open order and an open item (or paid) at once, so it counts off.
alter table receivables.account add column down_payments bigint not null default 0 check (down_payments >= 0);
