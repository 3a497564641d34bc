package org.carepathway.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboxMessageTest {

  private static final Instant CAME = Instant.parse("2026-11-29T10:00:00Z");

  /** Else a sender whose clock is a year ahead would make all that it sends later older. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "2026-11-29T09:00:00Z, 2026-11-29T09:00:00Z",
        "2026-11-29T10:00:00Z, 2026-11-29T10:00:00Z",
        "2027-11-29T10:00:00Z, 2026-11-29T10:00:00Z",
        "-, 2026-11-29T10:00:00Z",
      })
  void nothingWasSoAfterItCame(Instant said, Instant counts) {
    Received received =
        new Received("ehr", "1", "hl7v2", "ADT^A08", "s|1", null, said, new byte[0]);
    InboxMessage message =
        new InboxMessage(1, received, CAME, true, State.NEW, 0, null, null, List.of(), 1, 0);

    assertThat(message.saidAt()).isEqualTo(counts);
  }
}
