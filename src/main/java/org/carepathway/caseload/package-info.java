/** Which patients there are, where each one stands, what they wait for and who looks after them. */
package org.carepathway.caseload;
