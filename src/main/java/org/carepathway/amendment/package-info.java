/** Answers of a finished form are corrected: with a reason, and without changing the course. */
package org.carepathway.amendment;
