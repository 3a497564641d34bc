-- Bookings of referrals whose time may no longer stand, or stands again: a leave, a closure or a booking of another system has
-- come or gone. One row a referral; "told" is the appointment of which its pathway knows that it cannot stand.
create table capacity_look (
  referral text primary key,
  due boolean not null default true,
  told text
);
