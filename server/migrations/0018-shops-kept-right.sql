-- What a shop sold in an order beyond what we took of it: [{article, quantity}], until somebody has decided.
alter table shops.shop_order add column sold_beyond jsonb;
create index shop_order_sold_beyond on shops.shop_order (channel_id) where sold_beyond is not null;
-- When an order first came; seen_at moves with each look.
alter table shops.shop_order add column taken_at timestamptz not null default now();
create index shop_order_taken on shops.shop_order (channel_id, taken_at desc);
-- What is due of a kind, without reading through a hundred thousand of another.
create index task_due on shops.task (channel_id, kind, wished_at) where state = 'open' and done < wished;
drop index shops.task_open;
create index catalogue_item_gtin on shops.catalogue_item (channel_id, gtin) where gtin is not null;
