package org.carepathway.caseload;

/**
 * How many patients a coordinator looks after.
 *
 * @param name of the sign-in
 * @param display as people read it
 */
public record Share(String name, String display, int patients) {}
