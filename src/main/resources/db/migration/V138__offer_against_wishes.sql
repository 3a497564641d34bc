-- What speaks against an offered time, of what the patient wishes: names of the content's rules, with spaces between.
alter table booking_offer add column against text not null default '';
