/** Sends what the outbox keeps: as an EHR can take it, once, and by hand where it takes nothing. */
package org.carepathway.delivery;
