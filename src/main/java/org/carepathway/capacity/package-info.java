/** Who and what can be booked, when, and the guard that lets nothing be booked twice. */
package org.carepathway.capacity;
