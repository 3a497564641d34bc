/** The one clock of the service, and where on the calendar the site is. */
package org.carepathway.clock;
