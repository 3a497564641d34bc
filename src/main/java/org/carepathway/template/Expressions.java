package org.carepathway.template;

import java.util.LinkedHashSet;
import java.util.Set;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;

/** Finds the FHIRPath expressions of a Questionnaire or template, wherever an extension has one. */
public final class Expressions {

  private static final String FHIRPATH = "text/fhirpath";
  private static final Set<String> IN_STRINGS =
      Set.of(
          "sdc-questionnaire-templateExtractContext",
          "sdc-questionnaire-templateExtractValue",
          "resourceId",
          "expression");

  private Expressions() {}

  /** All expressions of a resource, contained ones included. */
  public static Set<String> in(Resource resource) {
    Set<String> found = new LinkedHashSet<>();
    collect(resource, found);
    return found;
  }

  private static void collect(Base base, Set<String> found) {
    if (base instanceof Extension extension) {
      String name = extension.getUrl().substring(extension.getUrl().lastIndexOf('/') + 1);
      if (IN_STRINGS.contains(name) && extension.getValue() instanceof StringType path) {
        found.add(path.getValue());
      }
    }
    if (base instanceof Expression expression && FHIRPATH.equals(expression.getLanguage())) {
      found.add(expression.getExpression());
    }
    for (Property child : base.children()) {
      child.getValues().forEach(value -> collect(value, found));
    }
  }
}
