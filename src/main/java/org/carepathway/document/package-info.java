/** Letters and sheets: from a message to HTML and PDF. */
package org.carepathway.document;
