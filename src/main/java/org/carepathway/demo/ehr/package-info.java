/** A small strict EHR in the same process, for who tries out how one is read over FHIR. */
package org.carepathway.demo.ehr;
