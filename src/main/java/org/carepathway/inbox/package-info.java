/** What other systems send: kept, then handled once, in order for each patient, and never lost. */
package org.carepathway.inbox;
