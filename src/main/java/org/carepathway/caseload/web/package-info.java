/** The list of patients on their pathways, and its file. */
package org.carepathway.caseload.web;
