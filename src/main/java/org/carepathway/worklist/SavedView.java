package org.carepathway.worklist;

import java.util.UUID;

/**
 * Filters that a team uses again and again.
 *
 * @param team code of the role whose people share it
 * @param filter as in the address of the worklist; no patient data
 */
public record SavedView(UUID id, String team, String name, String filter, String createdBy) {}
