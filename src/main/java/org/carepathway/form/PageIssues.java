package org.carepathway.form;

import java.util.ArrayList;
import java.util.List;

/** Deals the issues out to the fields; what no field takes is shown above the form. */
final class PageIssues {

  private final Form form;
  private final List<FormIssue> left;

  /**
   * @param form in the language in which they are said
   */
  PageIssues(Form form, List<FormIssue> issues) {
    this.form = form;
    this.left = new ArrayList<>(issues);
  }

  /**
   * The messages for an item.
   *
   * @param own path of its occurrence; null when there is none
   * @param around path of the occurrence around it, where what is missing is reported
   */
  Remarks take(FormItem item, String own, String around) {
    return new Remarks(take(item, own, around, true), take(item, own, around, false));
  }

  private List<String> take(FormItem item, String own, String around, boolean errors) {
    List<FormIssue> taken =
        left.stream()
            .filter(issue -> issue.isError() == errors && item.linkId().equals(issue.linkId()))
            .filter(issue -> issue.path().equals(around) || isAt(issue.path(), own))
            .toList();
    left.removeAll(taken);
    return taken.stream().map(form::said).distinct().toList();
  }

  private static boolean isAt(String path, String own) {
    return own != null && (path.equals(own) || path.startsWith(own + "."));
  }

  List<String> rest(boolean errors) {
    return left.stream()
        .filter(issue -> issue.isError() == errors)
        .map(form::said)
        .distinct()
        .toList();
  }
}
