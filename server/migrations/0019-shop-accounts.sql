-- Since when a shop's account is somebody's here, and the accounts of one customer.
alter table customers.shop_identity add column linked_at timestamptz not null default now();
-- The id a shop gave a guest: he is found by it, but whoever types his e-mail there has it too.
alter table customers.shop_identity add column guest boolean not null default false;
create index shop_identity_customer on customers.shop_identity (customer_id);
-- Nobody wrote down until now whose id came with a guest's order. Who may buy nothing on credit was never linked by hand.
update customers.shop_identity s set guest = true from customers.customer c where c.id = s.customer_id and not c.may_buy_on_delivery_note;
