/** Staff copied from Keycloak into Practitioner and PractitionerRole. */
package org.carepathway.staff;
