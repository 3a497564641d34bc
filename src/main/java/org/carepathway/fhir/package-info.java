/** The FHIR store and its REST face. */
package org.carepathway.fhir;
