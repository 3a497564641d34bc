/** Messages to patients and staff: by which channel, when, and what became of each. */
package org.carepathway.outreach;
