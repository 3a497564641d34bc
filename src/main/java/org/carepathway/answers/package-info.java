/** A form put to somebody: pre-filled, drafted, checked, kept with its files. */
package org.carepathway.answers;
