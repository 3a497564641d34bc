/** Doing one task: from its form to the next step of the pathway. */
package org.carepathway.task;
