/** What stops the service from starting, and what to do about it. */
package org.carepathway.startup;
