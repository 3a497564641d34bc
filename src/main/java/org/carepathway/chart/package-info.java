/** The page of a patient: the course, each step, documents, what was recorded. */
package org.carepathway.chart;
