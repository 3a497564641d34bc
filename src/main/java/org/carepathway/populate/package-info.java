/** Forms as clients ask for them that know SDC: filled, with their options, and their values. */
package org.carepathway.populate;
