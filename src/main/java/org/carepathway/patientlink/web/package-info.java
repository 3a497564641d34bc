/** The pages that a patient reaches by a link. */
package org.carepathway.patientlink.web;
