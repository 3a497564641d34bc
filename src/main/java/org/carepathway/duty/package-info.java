/** What the service could not do by itself, and no pathway asks of anybody: a list for people. */
package org.carepathway.duty;
