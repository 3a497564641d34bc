package org.carepathway.caseload;

/**
 * The patients at one stage. Days are of 24 hours; null where nobody is there or came to it.
 *
 * @param name of the stage; null for who has come to none yet
 * @param overdue of those who are stuck, and so on: one patient can be stuck for several reasons
 * @param medianDays how long they have been there
 * @param reached how many patients came to it within a year
 * @param daysToReach from the referral, of half of those
 * @param daysToReachOfNine of nine in ten of them
 */
public record StageCount(
    String name,
    int open,
    int stuck,
    int overdue,
    int escalated,
    int failed,
    int nothingAhead,
    Double medianDays,
    Double longestDays,
    int reached,
    Double daysToReach,
    Double daysToReachOfNine) {}
