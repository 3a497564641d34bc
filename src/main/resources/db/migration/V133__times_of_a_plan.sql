-- A time that was accepted with the plan of a week is offered like a freed one, and has none.
alter table booking_offer alter column freed drop not null;

-- Nobody is asked about two times at once. Of two that stood before, the first one stands.
update booking_offer set answer = 'expired', answered_at = answer_by
where answer is null and exists (
  select 1 from booking_offer first
  where first.pathway_id = booking_offer.pathway_id and first.answer is null
    and (first.offered_at, first.id) < (booking_offer.offered_at, booking_offer.id));

create unique index booking_offer_one on booking_offer (pathway_id) where answer is null;
