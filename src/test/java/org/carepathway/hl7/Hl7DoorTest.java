package org.carepathway.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.carepathway.inbox.UnreachableInbox;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be kept is never acknowledged: the sender sends it again. */
class Hl7DoorTest {

  private final Hl7Door door =
      new Hl7Door(
          "test", Interpreting.INTERPRETER, UnreachableInbox.inbox(), Clock.systemDefaultZone());

  @ParameterizedTest
  @ValueSource(strings = {"ADT^A08", "ADT^A99"})
  void withoutTheDatabaseNothingIsAccepted(String kind) {
    String message = Interpreting.HEADER.formatted(kind) + Interpreting.PID;
    String answer =
        new String(
            door.answer(message.getBytes(StandardCharsets.UTF_8), true), StandardCharsets.UTF_8);
    assertThat(answer).contains("\rMSA|AE|1|").contains("207^Application internal error");
  }
}
