-- A Shopware shop that asked to be registered and has not confirmed yet: the secret it was offered counts when it does.
-- The moment is the shop's own and signed, in seconds; one that is not newer is a repetition.
create table shops.shopware_registration (
  channel_id uuid primary key references shops.connection,
  asked_second bigint not null,
  asked_at timestamptz not null,
  shop_id text not null,
  shop_url text not null,
  -- null: confirmed
  secret text
);
