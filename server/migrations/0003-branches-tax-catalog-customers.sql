create schema branches;

create table branches.merchant (
  single boolean primary key default true check (single),
  details jsonb not null,
  changed_at timestamptz not null default now()
);

create table branches.branch (
  id uuid primary key,
  code text not null unique,
  name text not null,
  street text,
  postal_code text,
  city text,
  country text not null default 'DE',
  active boolean not null default true
);

create table branches.stock_location (
  id uuid primary key,
  code text not null unique,
  name text not null,
  branch_id uuid not null references branches.branch,
  active boolean not null default true
);

create table branches.channel (
  id uuid primary key,
  code text not null unique,
  name text not null,
  kind text not null check (kind in ('web-shop', 'branch', 'phone')),
  price_mode text not null check (price_mode in ('net', 'gross')),
  locations uuid[] not null check (cardinality(locations) > 0),
  payment_methods jsonb not null default '{}',
  active boolean not null default true
);

create schema tax;

create table tax.vat_rate (
  vat_class text not null,
  country text not null default 'DE',
  valid_from date not null,
  rate int not null check (rate between 0 and 10000),
  primary key (country, vat_class, valid_from)
);
insert into tax.vat_rate (vat_class, country, valid_from, rate) values
  ('standard', 'DE', '2007-01-01', 1900), ('standard', 'DE', '2020-07-01', 1600), ('standard', 'DE', '2021-01-01', 1900),
  ('reduced', 'DE', '1983-07-01', 700), ('reduced', 'DE', '2020-07-01', 500), ('reduced', 'DE', '2021-01-01', 700),
  ('zero', 'DE', '2023-01-01', 0);

create schema catalog;

create table catalog.article (
  id uuid primary key,
  number text not null unique,
  gtin text,
  name_de text not null,
  name_en text,
  description_de text,
  description_en text,
  unit text not null,
  package_units jsonb not null default '[]',
  weight_grams int,
  vat_class text not null,
  list_price bigint check (list_price >= 0),
  active boolean not null default true,
  created_at timestamptz not null default now()
);
create unique index article_gtin on catalog.article (gtin) where gtin is not null;

-- Net prices by customer group and from a quantity on; the list price is group 'standard' from the first piece.
create table catalog.price (
  article_id uuid not null references catalog.article,
  price_group text not null,
  from_quantity bigint not null check (from_quantity > 0),
  price bigint not null check (price >= 0),
  primary key (article_id, price_group, from_quantity)
);

create schema customers;

create table customers.customer (
  id uuid primary key,
  number text not null unique,
  kind text not null check (kind in ('company', 'consumer')),
  name text not null,
  contact jsonb not null default '{}',
  email text,
  vat_id text,
  buyer_reference text,
  electronic_address jsonb,
  invoice_format text not null,
  language text not null check (language in ('de', 'en')),
  price_group text not null,
  payment_terms jsonb not null,
  may_buy_on_delivery_note boolean not null,
  credit_limit bigint not null check (credit_limit >= 0),
  billing_rule text not null,
  blocked boolean not null,
  vat_treatment text not null,
  created_at timestamptz not null default now()
);
create index customer_email on customers.customer (lower(email)) where email is not null;
create index customer_vat_id on customers.customer (vat_id) where vat_id is not null;
create index customer_name on customers.customer (lower(name) text_pattern_ops);

-- Addresses are versions: what an order or document refers to stays as it was.
create table customers.address (
  id uuid primary key,
  customer_id uuid not null references customers.customer,
  role text not null check (role in ('bill-to', 'deliver-to')),
  details jsonb not null,
  is_default boolean not null default false,
  listed boolean not null default true,
  created_at timestamptz not null default now()
);
create index address_customer on customers.address (customer_id);

-- What a customer record said before a change. Here and not in the journal, because it is personal data.
create table customers.version (
  id uuid primary key,
  customer_id uuid not null references customers.customer,
  journal_id uuid not null,
  before jsonb not null,
  at timestamptz not null default now()
);
create index version_customer on customers.version (customer_id);

create table customers.shop_identity (
  channel text not null,
  shop_customer_id text not null,
  customer_id uuid not null references customers.customer,
  primary key (channel, shop_customer_id)
);

-- The party of an order that is parked: not a customer yet, kept here so that personal data has one home.
create table customers.intake_party (
  id uuid primary key,
  details jsonb not null,
  created_at timestamptz not null default now()
);

-- Logos by their hash: documents name the one they were issued with, so a new logo changes no old page.
create table branches.logo (
  sha256 text primary key,
  svg text not null
);
