/** The closed vocabulary that processes are written in. */
package org.carepathway.step;
