package org.carepathway.cdshooks;

/**
 * How often a card was given to an EHR, and what clinicians did with it, since cards are kept.
 *
 * @param card as its file names it
 * @param shown how often it was given
 * @param accepted how often it was followed
 * @param setAside how often it was set aside
 * @param reasons why it was set aside, such as {@code known: 3}; empty where nobody said why
 * @param comments how many wrote something
 */
public record CardUse(
    String client,
    String service,
    String card,
    long shown,
    long accepted,
    long setAside,
    String reasons,
    long comments) {}
