/** What the hospital's systems are to receive: kept in the step's transaction until it is sent. */
package org.carepathway.outbox;
