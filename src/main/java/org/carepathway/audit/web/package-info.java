/** The pages on which auditors read it. */
package org.carepathway.audit.web;
