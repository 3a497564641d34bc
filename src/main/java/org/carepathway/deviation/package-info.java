/** Leaving the plan for a reason: holds, skipped and added steps. */
package org.carepathway.deviation;
