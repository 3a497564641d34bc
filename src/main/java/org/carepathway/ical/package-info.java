/** Calendars of iCalendar (RFC 5545 and 5546): what is booked, for phones and mail programs. */
package org.carepathway.ical;
