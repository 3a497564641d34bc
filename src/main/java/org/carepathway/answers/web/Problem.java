package org.carepathway.answers.web;

import java.util.List;
import java.util.stream.Stream;
import org.carepathway.form.FieldView;
import org.carepathway.form.FormView;
import org.carepathway.form.FormView.Node;
import org.carepathway.form.GroupView;
import org.carepathway.form.Remarks;

/**
 * Something to put right in a form, or to look at again, for the summary on top of it.
 *
 * @param field id of the element to go to
 * @param warning whether it only has to be looked at
 */
record Problem(String field, String message, boolean warning) {

  /** In the order of the page. */
  static List<Problem> of(FormView form) {
    return form.nodes().stream().flatMap(Problem::of).toList();
  }

  private static Stream<Problem> of(Node node) {
    if (node instanceof FieldView field) {
      return of(field.id(), field.remarks());
    }
    if (node instanceof GroupView group) {
      return Stream.concat(
          of(group.id(), group.remarks()),
          group.repetitions().stream()
              .flatMap(repetition -> repetition.nodes().stream())
              .flatMap(Problem::of));
    }
    return Stream.empty();
  }

  private static Stream<Problem> of(String field, Remarks remarks) {
    return Stream.concat(
        remarks.errors().stream().map(message -> new Problem(field, message, false)),
        remarks.warnings().stream().map(message -> new Problem(field, message, true)));
  }
}
