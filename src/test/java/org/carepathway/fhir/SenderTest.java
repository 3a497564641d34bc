package org.carepathway.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import org.carepathway.fhir.Sender.Kind;
import org.junit.jupiter.api.Test;

class SenderTest {

  @Test
  void whatSaysNothingIsGuardedLikeAnOutsider() {
    assertThat(Sender.of(null).isOutside()).isTrue();
    assertThat(Sender.of(new SystemRequestDetails()).isOutside()).isTrue();
    assertThat(Sender.of(new SystemRequestDetails()).kind()).isEqualTo(Kind.FEED);
  }

  @Test
  void aStepIsNoOutsiderAndAllOthersAre() {
    assertThat(Sender.of(Sender.STEP.on(new SystemRequestDetails())).isOutside()).isFalse();
    for (Sender other : new Sender[] {Sender.PERSON, Sender.SYSTEM, Sender.feed("hl7")}) {
      assertThat(Sender.of(other.on(new SystemRequestDetails())).isOutside()).isTrue();
    }
  }

  @Test
  void aCopyOfARequestHasTheSameSender() {
    SystemRequestDetails request = Sender.feed("hl7").on(new SystemRequestDetails());
    assertThat(Sender.of(new SystemRequestDetails(request)).name()).isEqualTo("hl7");
  }
}
