-- The facts of an issued or cancelled note are final. What may still change is only whether it is on the list to bill,
-- so the trigger watches all other columns and costs nothing where that one is set.
drop trigger note_final on delivery.note;
create or replace function delivery.protect_note() returns trigger language plpgsql as $$
begin
  raise exception 'delivery note % is %', coalesce(old.number, old.id::text), old.state using errcode = 'integrity_constraint_violation';
end $$;
create trigger note_final before update of id, number, state, customer_id, deliver_to, location_id, created_at, issued_on, delivered_on, parcels, gross_weight, carrier, tracking_number, document_id
  on delivery.note for each row when (old.state <> 'open') execute function delivery.protect_note();
create trigger note_kept before delete on delivery.note for each row when (old.state = 'issued') execute function delivery.protect_note();
