/** Synthetic patients and a clock that can be moved, for who tries the service out. */
package org.carepathway.demo;
