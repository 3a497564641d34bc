package org.carepathway.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hl7.fhir.r4.model.Attachment;
import org.junit.jupiter.api.Test;

class FileLimitsTest {

  private final FileLimits usual = FileLimits.of(List.of());

  /** What the bytes do not show has no type; a form refuses it as any other that it takes not. */
  @Test
  void aFileWithoutATypeIsNotAllowed() {
    assertThat(usual.allowsType(new Attachment())).isFalse();
    assertThat(usual.allowsType(new Attachment().setContentType("text/html"))).isFalse();
    assertThat(usual.allowsType(new Attachment().setContentType("image/png"))).isTrue();
  }
}
