/** What a patient does by a link, without an account: tell who it is, and answer. */
package org.carepathway.patientlink;
