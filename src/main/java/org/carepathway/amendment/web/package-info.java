/** The page on which the answers of a finished form are corrected. */
package org.carepathway.amendment.web;
