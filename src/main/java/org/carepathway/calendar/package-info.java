/** When the site works: opening hours, public holidays, closures; and when a time limit is over. */
package org.carepathway.calendar;
