package org.carepathway.booking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.carepathway.booking.Offer.Bound;
import org.junit.jupiter.api.Test;

class LimitsTest {

  private static final Bound TARGET =
      new Bound(Instant.parse("2031-03-01T00:00:00Z"), "urgency", true);
  private static final Bound IMAGES =
      new Bound(Instant.parse("2031-03-20T00:00:00Z"), "images", false);
  private static final Bound CONSENT =
      new Bound(Instant.parse("2031-03-25T00:00:00Z"), "consent", false);

  @Test
  void aTargetThatIsMissedKeepsNobodyFromBeingBooked() {
    Limits limits =
        new Limits(null, null, List.of(), List.of(), List.of(CONSENT, TARGET, IMAGES), 1440);
    assertThat(limits.notAfter()).isEqualTo(TARGET);
    assertThat(limits.goal()).hasValue(TARGET.at());
    assertThat(limits.end()).hasValue(IMAGES.at());
  }

  @Test
  void theLastOfTheEarliestHolds() {
    Limits limits = new Limits(null, null, List.of(), List.of(IMAGES, CONSENT), List.of(), 1440);
    assertThat(limits.notBefore()).isEqualTo(CONSENT);
    assertThat(limits.notAfter()).isNull();
    assertThat(limits.end()).isEmpty();
  }
}
