/** Booking: when the site works, who and what can be booked, and the day that people can see. */
package org.carepathway.booking;
