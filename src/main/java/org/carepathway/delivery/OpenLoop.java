package org.carepathway.delivery;

import java.time.Instant;
import java.util.UUID;

/**
 * A referral whose sender waits for what comes next.
 *
 * @param patient id of the Patient
 * @param state where it stands, such as {@code scheduled}
 * @param owner role that sees to the next state
 * @param due until when
 */
public record OpenLoop(
    UUID pathway, String patient, String state, Instant since, String owner, Instant due) {}
