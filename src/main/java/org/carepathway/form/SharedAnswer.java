package org.carepathway.form;

import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Type;

/**
 * What a choice for several questions means for one of them, by the extension {@code
 * answers-together}. The choice is kept beside the answers that it gives, so that each reader sees
 * how they were given.
 *
 * @param question linkId of a question in the same group
 */
record SharedAnswer(String question, Type answer) {

  private static final String URL =
      "https://carepathway.org/fhir/StructureDefinition/answers-together";

  static List<SharedAnswer> of(List<Extension> extensions) {
    return Sdc.all(extensions, URL).stream().map(SharedAnswer::of).toList();
  }

  private static SharedAnswer of(Extension extension) {
    return new SharedAnswer(
        Sdc.text(extension.getExtension(), "question"),
        Sdc.value(extension.getExtension(), "answer").orElse(null));
  }

  boolean isWhole() {
    return question != null && Objects.nonNull(answer);
  }
}
