/** The unit of work: what one transaction writes to the FHIR record, with its Provenance. */
package org.carepathway.record;
