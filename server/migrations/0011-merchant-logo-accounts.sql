-- The logo lies beside the merchant's details, named by its hash.
insert into branches.logo (sha256, svg)
  select encode(sha256(convert_to(details->>'logoSvg', 'UTF8')), 'hex'), details->>'logoSvg' from branches.merchant where details ? 'logoSvg' on conflict do nothing;
update branches.merchant set details = details - 'logoSvg' || jsonb_build_object('logo', encode(sha256(convert_to(details->>'logoSvg', 'UTF8')), 'hex')) where details ? 'logoSvg';

-- Every customer has his account from the first moment, so that whoever locks it finds it.
create function receivables.open_account() returns trigger language plpgsql as $$
begin
  insert into receivables.account (customer_id) values (new.id);
  return null;
end $$;
create trigger customer_account after insert on customers.customer for each row execute function receivables.open_account();
insert into receivables.account (customer_id) select id from customers.customer on conflict do nothing;
