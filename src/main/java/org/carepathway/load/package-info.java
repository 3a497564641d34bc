/**
 * The command {@code load}: sends files of FHIR to a running service over HTTP, in parts that keep
 * what refers to what.
 */
package org.carepathway.load;
