/** HL7's minimal lower layer protocol: messages out of a stream of bytes, and a port for them. */
package org.carepathway.mllp;
