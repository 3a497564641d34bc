/** Pages of booking. */
package org.carepathway.booking.web;
