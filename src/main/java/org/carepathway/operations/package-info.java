/** What the operator sees to: steps that failed, and feeds with messages that wait for a person. */
package org.carepathway.operations;
