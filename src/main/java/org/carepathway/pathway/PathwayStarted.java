package org.carepathway.pathway;

import org.carepathway.record.Trigger;

/**
 * A pathway has begun; told in the transaction that begins it, before its first step.
 *
 * @param trigger the referral and who sent it
 */
public record PathwayStarted(Pathway pathway, Trigger trigger) {}
