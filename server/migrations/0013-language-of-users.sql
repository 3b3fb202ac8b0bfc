-- In which language somebody reads the screens; chosen by himself, on any machine he logs in at.
alter table kernel.app_user add column language text not null default 'de' check (language in ('de', 'en'));
