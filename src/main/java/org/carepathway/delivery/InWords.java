package org.carepathway.delivery;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.stream.Collectors;
import org.carepathway.content.LoopRow;
import org.carepathway.content.SentKind;
import org.carepathway.document.Wording;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/** What is sent, in the words of the content, in the language of the site's letters. */
@Component
class InWords {

  private final FhirPaths paths;
  private final Wording wording;
  private final String language;
  private final Clock clock;

  InWords(FhirPaths paths, Wording wording, Clock clock) {
    this.paths = paths;
    this.wording = wording;
    this.language = wording.ofSite().getLanguage();
    this.clock = clock;
  }

  String title(SentKind kind) {
    return kind.title(language);
  }

  /** A line for each value that there is, after the title. */
  String of(SentKind kind, Resource resource) {
    FhirPathContext context = context(resource);
    return kind.text().stream()
        .map(line -> line(line, resource, context))
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n", title(kind) + "\n", ""));
  }

  /** Whether a row is about this resource. */
  boolean holds(SentKind kind, Resource resource) {
    return paths.test(resource, kind.when(), context(resource));
  }

  /** Whether a referral has come to this by what was written. */
  boolean holds(LoopRow row, Resource resource) {
    return row.resource().equals(resource.fhirType())
        && paths.test(resource, row.when(), context(resource));
  }

  /** Why a referral has come to this; null where nothing says so. */
  String reason(LoopRow row, Resource resource) {
    return row.reason() == null
        ? null
        : paths.evaluate(resource, row.reason(), context(resource)).stream()
            .map(Base::primitiveValue)
            .findFirst()
            .orElse(null);
  }

  private FhirPathContext context(Resource resource) {
    return FhirPathContext.at(ZonedDateTime.now(clock)).with("resource", resource);
  }

  private String line(SentKind.Line line, Resource resource, FhirPathContext context) {
    String value =
        paths.evaluate(resource, line.value(), context).stream()
            .filter(each -> each.hasPrimitiveValue() && !each.primitiveValue().isBlank())
            .map(wording::of)
            .collect(Collectors.joining(", "));
    return value.isEmpty()
        ? ""
        : line.label().getOrDefault(language, line.label().get("en")) + ": " + value;
  }
}
