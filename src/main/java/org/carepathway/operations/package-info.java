/** What the operator sees to: steps that failed. */
package org.carepathway.operations;
