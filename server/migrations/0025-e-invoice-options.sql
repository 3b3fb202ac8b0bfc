-- What a customer's e-invoices say beyond the core, and the SEPA mandate by which his invoices are collected.
alter table customers.customer add column e_invoice jsonb not null default '{"noteReferences": false, "attachNotes": false}';
alter table customers.customer add column mandate jsonb;
