/** Pathways as content: read, checked, kept by version, and offered to referrals. */
package org.carepathway.content;
