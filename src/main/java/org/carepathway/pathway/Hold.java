package org.carepathway.pathway;

import java.time.Instant;

/**
 * Why a pathway waits.
 *
 * @param reason code of CodeSystem {@code deviation-reason}
 * @param note in words; may be empty
 * @param by the name of who said so
 * @param until when it goes on by itself at the latest: nobody is forgotten on hold
 */
public record Hold(String reason, String note, String by, Instant since, Instant until) {}
