-- A line of which nothing left is part of the issued note as well: it can't be made to have been delivered afterwards.
drop trigger note_line_facts on delivery.note_line;
create trigger note_line_facts before update of note_id, position, order_id, order_line_id, planned, delivered on delivery.note_line
  for each row execute function delivery.protect_note_line();
