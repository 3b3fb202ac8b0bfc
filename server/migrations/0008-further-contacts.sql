alter table customers.customer add column further_contacts jsonb not null default '[]';
