/** The list of what is to be done, by whom and by when, and nothing else. */
package org.carepathway.worklist;
