/** HL7 v2: what a message says, by tables that a site can change, and its acknowledgement. */
package org.carepathway.hl7;
