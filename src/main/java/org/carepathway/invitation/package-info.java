/** Invites people who are booked by mail, for their own calendars (iTIP, RFC 5546). */
package org.carepathway.invitation;
