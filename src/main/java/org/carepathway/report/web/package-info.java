/** The page of a report. */
package org.carepathway.report.web;
