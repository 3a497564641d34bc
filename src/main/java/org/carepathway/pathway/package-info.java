/** A patient's pathway from its start to its end: referrals, its record, its ending. */
package org.carepathway.pathway;
