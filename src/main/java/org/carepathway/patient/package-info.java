/** Who a patient is, and how they are found. */
package org.carepathway.patient;
