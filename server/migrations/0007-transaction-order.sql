-- Journal and events stand in the order of their transactions. A database moved to another server (dump and restore)
-- starts counting transactions anew there; the offset keeps what comes after the move behind what was before.

create function kernel.transaction_offset() returns bigint language sql immutable as 'select 0::bigint';

create function kernel.this_transaction() returns bigint language sql volatile as
  'select pg_current_xact_id()::text::bigint + kernel.transaction_offset()';

-- Everything below is finished: no transaction that could still commit in between.
create function kernel.oldest_running_transaction() returns bigint language sql stable as
  'select pg_snapshot_xmin(pg_current_snapshot())::text::bigint + kernel.transaction_offset()';

alter table kernel.journal alter column txid set default kernel.this_transaction();
alter table kernel.event alter column txid set default kernel.this_transaction();
