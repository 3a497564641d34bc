/** All about one patient at {@code /fhir}: compartment searches and {@code Patient/$everything}. */
package org.carepathway.compartment;
