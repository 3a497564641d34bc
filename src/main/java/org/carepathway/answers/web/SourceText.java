package org.carepathway.answers.web;

import java.util.List;
import java.util.Optional;
import org.carepathway.fhir.Sender;
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

  /** Such as {@code From: Referral, 22 Nov 2026, 14:05} and which system sent it. */
  String of(Resource source) {
    if (source instanceof Patient) {
      return text("form.source.patient");
    }
    Fact fact = facts.of(List.of(source)).get(0);
    String what = fact.what().isEmpty() ? fact.kind() : fact.what();
    return system(source.getMeta().getSource())
        .map(system -> text("form.source.sent", what, fact.date(), system))
        .orElseGet(() -> text("form.source", what, fact.date()));
  }

  /** The feed, or the server of an EHR; HAPI adds the number of a request. */
  private static Optional<String> system(String source) {
    if (source == null || source.startsWith("#")) {
      return Optional.empty();
    }
    String plain = source.split("#", 2)[0];
    return plain.startsWith(Sender.FEEDS)
        ? Optional.of(plain.substring(Sender.FEEDS.length()))
        : Optional.of(plain.replaceFirst("^[a-z]+://", "").replaceFirst("/.*", ""));
  }

  private String text(String key, Object... values) {
    return messages.getMessage(key, values, LocaleContextHolder.getLocale());
  }
}
