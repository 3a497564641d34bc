package org.carepathway.staff;

import java.util.List;

/**
 * Staff were copied; told as an event, in the transaction that writes them.
 *
 * @param resources {@code Type/id} of what was written
 */
public record StaffWritten(List<String> resources) {}
