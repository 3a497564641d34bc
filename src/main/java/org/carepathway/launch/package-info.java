/** Starts us in an EHR, for the user and the patient whom it names (SMART App Launch). */
package org.carepathway.launch;
