/** A referral that came by phone, on paper or with the patient, typed in by a person. */
package org.carepathway.entry;
