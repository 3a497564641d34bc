package org.carepathway.cdshooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.carepathway.content.Translations;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

/** What fills a card's blanks is a text and nothing else. */
class CardTextTest {

  private final CardText text =
      new CardText(new Translations(), Locale.ENGLISH, ZoneId.of("Europe/Madrid"));

  @Test
  void aSummaryIsShorterThan140Characters() {
    assertThat(text.summary("On hold: {0}", List.of("x".repeat(300)))).hasSize(139).endsWith("…");
    assertThat(text.summary("On hold: {0}", List.of("$1 {0}"))).isEqualTo("On hold: $1 {0}");
  }

  @Test
  void aDetailHasNoMarkdownOfWhatFillsIt() {
    assertThat(text.detail("Found: {0}", List.of("[a](https://evil) <b> *c*")))
        .isEqualTo("Found: \\[a\\](https://evil) \\<b\\> \\*c\\*");
  }

  @Test
  void timesAreWrittenAsPeopleReadThem() {
    assertThat(text.value(List.of(new DateTimeType("2026-11-30T10:05:31+01:00"))))
        .isEqualTo("2026-11-30 10:05");
    assertThat(text.value(List.of(new DateTimeType("2026-11-30T23:05:31Z"))))
        .as("by the site's clock")
        .isEqualTo("2026-12-01 00:05");
    assertThat(text.value(List.of(new DateType("2026-11-30")))).isEqualTo("2026-11-30");
    assertThat(text.value(List.of(new StringType("Apixaban")))).isEqualTo("Apixaban");
    assertThat(text.value(List.of())).isEqualTo("?");
  }
}
