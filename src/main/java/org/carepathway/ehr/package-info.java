/** An EHR that is asked over FHIR: SMART Backend Services, time-outs, a budget and a circuit. */
package org.carepathway.ehr;
