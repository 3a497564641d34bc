/** The bookings of a week, proposed all at once: who, when, and with whom. */
package org.carepathway.weekplan;
