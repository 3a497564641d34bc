package org.carepathway.answers.web;

import java.util.List;
import org.carepathway.page.Fact;
import org.carepathway.page.Facts;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Names the resource that an answer was read from. */
@Component
class SourceText {

  private final Facts facts;
  private final MessageSource messages;

  SourceText(Facts facts, MessageSource messages) {
    this.facts = facts;
    this.messages = messages;
  }

  /** Such as {@code From: Referral, 22 Nov 2026, 14:05}. */
  String of(Resource source) {
    if (source instanceof Patient) {
      return text("form.source.patient");
    }
    Fact fact = facts.of(List.of(source)).get(0);
    return text("form.source", fact.what().isEmpty() ? fact.kind() : fact.what(), fact.date());
  }

  private String text(String key, Object... values) {
    return messages.getMessage(key, values, LocaleContextHolder.getLocale());
  }
}
