/** Threads that work through what is queued in the database, until the service ends. */
package org.carepathway.worker;
