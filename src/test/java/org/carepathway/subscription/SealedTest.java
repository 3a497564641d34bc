package org.carepathway.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.carepathway.startup.StartUpException;
import org.junit.jupiter.api.Test;

/** Secrets of subscribers are read with a key of the settings and without one by nobody. */
class SealedTest {

  private static final String NEW = "a key of thirty-two characters 2";
  private static final String OLD = "a key of thirty-two characters 1";

  private static Sealed with(String... keys) {
    Duration any = Duration.ofSeconds(1);
    return new Sealed(
        new SubscriberSettings(
            List.of(), List.of(keys), 0, 1, 1, any, any, any, any, any, any, any));
  }

  @Test
  void whatIsSealedIsReadAgainAndTwiceTheSameLooksDifferent() {
    Sealed sealed = with(NEW);
    assertThat(sealed.open(sealed.seal("Authorization: x"))).contains("Authorization: x");
    assertThat(sealed.seal("x")).isNotEqualTo(sealed.seal("x"));
  }

  @Test
  void anOlderKeyStillOpensAndAnotherOneDoesNot() {
    String old = with(OLD).seal("x");
    assertThat(with(NEW, OLD).open(old)).contains("x");
    assertThat(with(NEW).open(old)).isEmpty();
    assertThat(with(OLD).open(with(NEW, OLD).seal("y"))).as("the newest seals").isEmpty();
  }

  @Test
  void whatWasChangedIsNotRead() {
    char[] sealed = with(NEW).seal("secret").toCharArray();
    sealed[sealed.length - 8] = sealed[sealed.length - 8] == 'A' ? 'B' : 'A';
    assertThat(with(NEW).open(new String(sealed))).isEmpty();
  }

  @Test
  void aShortKeyIsRefusedAtTheStartWithARemedy() {
    assertThatThrownBy(() -> with("short"))
        .isInstanceOfSatisfying(
            StartUpException.class,
            refused -> assertThat(refused.remedy()).contains("openssl rand"));
    assertThat(with().isPossible()).isFalse();
  }
}
