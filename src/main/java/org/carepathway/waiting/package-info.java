/** How long each patient has waited, by the rules of their pathway, and until when they may. */
package org.carepathway.waiting;
