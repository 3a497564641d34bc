/** What was done, by whom and about whom, in a chained table of its own that only grows. */
package org.carepathway.audit;
