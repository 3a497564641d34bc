/**
 * The pathway book: what a version of a pathway asks, decides and does, in words, for a clinician
 * to review and sign; and what differs from another version.
 */
package org.carepathway.book;
