package org.carepathway.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What came is shown line by line, and nothing in it hides. */
class RawTextTest {

  @Test
  void eachSegmentIsALineWhateverEndsIt() {
    assertThat(RawText.of("MSH|a\rPID|b\r\nPV1|c\nOBX|d\r").lines())
        .containsExactly("MSH|a", "PID|b", "PV1|c", "OBX|d");
  }

  @Test
  void whatWouldNotBeSeenIsSeen() {
    assertThat(RawText.of("a\u001bb\u0000c\u007fd\u202ee\u0085f").lines())
        .containsExactly("a\u241bb\u2400c\u2421d<U+202E>e<U+0085>f");
    assertThat(RawText.of("Mu\u00f1oz \uD83D\uDE00").lines())
        .containsExactly("Mu\u00f1oz \uD83D\uDE00");
  }

  @Test
  void longLinesAndManyAreCutAndThatIsSaid() {
    assertThat(RawText.of("x".repeat(2000)).cut()).isFalse();
    RawText longer = RawText.of("x".repeat(2001));
    assertThat(longer.cut()).isTrue();
    assertThat(longer.lines()).containsExactly("x".repeat(2000) + '\u2026');
    RawText many = RawText.of("x\r".repeat(501));
    assertThat(many.cut()).isTrue();
    assertThat(many.lines()).hasSize(500);
  }
}
