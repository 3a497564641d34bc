package org.carepathway.answers.web;

import java.util.List;
import java.util.stream.Stream;
import org.carepathway.form.FieldView;
import org.carepathway.form.FormView;
import org.carepathway.form.FormView.Node;
import org.carepathway.form.GroupView;

/**
 * Something to put right in a form, or to look at again, for the summary on top of it.
 *
 * @param field id of the element to go to
 */
record Problem(String field, String message) {

  /** In the order of the page. */
  static List<Problem> of(FormView form) {
    return form.nodes().stream().flatMap(Problem::of).toList();
  }

  private static Stream<Problem> of(Node node) {
    if (node instanceof FieldView field) {
      return field.remarks().all().map(message -> new Problem(field.id(), message));
    }
    if (node instanceof GroupView group) {
      return Stream.concat(
          group.remarks().all().map(message -> new Problem(group.id(), message)),
          group.repetitions().stream()
              .flatMap(repetition -> repetition.nodes().stream())
              .flatMap(Problem::of));
    }
    return Stream.empty();
  }
}
