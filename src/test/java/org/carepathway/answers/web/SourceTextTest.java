package org.carepathway.answers.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.carepathway.RunningService;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.i18n.LocaleContextHolder;

/** Beside a pre-filled value stands what it was read from, of when, and which system sent it. */
class SourceTextTest extends RunningService {

  @Autowired private SourceText sources;

  @ParameterizedTest
  @CsvSource({
    "urn:carepathway:feed:lab, ', sent by lab'",
    "urn:carepathway:feed:lab#a1b2, ', sent by lab'",
    "https://ehr.example.org/r4/Observation/5, ', sent by ehr.example.org'"
  })
  void theSystemIsNamed(String source, String words) {
    assertThat(text(source)).startsWith("From: INR, ").contains("2026").endsWith(words);
  }

  @Test
  void whatIsOursNamesNoSystem() {
    assertThat(text("#a1b2")).startsWith("From: INR, ").doesNotContain("sent by");
  }

  private String text(String source) {
    LocaleContextHolder.setLocale(Locale.ENGLISH);
    try {
      Observation result = new Observation();
      result.getCode().setText("INR");
      result.setEffective(new DateTimeType("2026-11-29T10:00:00Z"));
      result.getMeta().setSource(source);
      return sources.of(result);
    } finally {
      LocaleContextHolder.resetLocaleContext();
    }
  }
}
