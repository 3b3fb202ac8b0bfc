-- What happened between us and a shop in codes and facts, so that everybody reads it in his own language. answer and
-- problem are only what the other side said itself.
alter table shops.receipt add column remarks jsonb not null default '[]';
alter table shops.task add column remarks jsonb not null default '[]';
