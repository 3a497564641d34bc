/** What EHRs say over FHIR: asked in rounds, kept in the inbox, then handled like all else. */
package org.carepathway.fhirfeed;
