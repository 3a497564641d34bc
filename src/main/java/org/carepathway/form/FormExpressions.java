package org.carepathway.form;

import java.util.Set;
import java.util.TreeSet;
import org.carepathway.template.FhirPathException;
import org.carepathway.template.FhirPaths;
import org.carepathway.template.ResourceTemplate;

/** The expressions of one form: each is parsed when it is read, and what it needs is noted. */
final class FormExpressions {

  private final String form;
  private final FhirPaths paths;
  private final Set<String> read = new TreeSet<>();
  private final Set<String> own = new TreeSet<>();
  private final Set<String> recordTypes = new TreeSet<>();

  FormExpressions(String form, FhirPaths paths) {
    this.form = form;
    this.paths = paths;
    own.add("resource");
  }

  String form() {
    return form;
  }

  FhirPaths paths() {
    return paths;
  }

  String checked(String linkId, String expression) {
    if (expression == null) {
      throw new FormException(form, linkId, "an expression is missing");
    }
    try {
      read.addAll(paths.variables(expression));
      recordTypes.addAll(paths.recordTypes(expression));
      return expression;
    } catch (FhirPathException e) {
      throw new FormException(form, linkId, e.getMessage(), e);
    }
  }

  void note(ResourceTemplate template) {
    read.addAll(template.variables());
    recordTypes.addAll(template.recordTypes());
  }

  void define(String variable) {
    if (variable != null) {
      own.add(variable);
    }
  }

  Set<String> variables() {
    read.removeAll(own);
    return Set.copyOf(read);
  }

  Set<String> recordTypes() {
    return recordTypes.containsAll(FhirPaths.ALL_TYPES)
        ? FhirPaths.ALL_TYPES
        : Set.copyOf(recordTypes);
  }
}
