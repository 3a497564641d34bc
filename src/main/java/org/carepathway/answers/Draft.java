package org.carepathway.answers;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What somebody has entered into a form and not sent yet.
 *
 * @param entered what the page's fields hold, by name
 */
public record Draft(Map<String, List<String>> entered, Instant savedAt) {}
