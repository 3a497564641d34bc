package org.carepathway.form;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.QuestionnaireResponse;

/**
 * What a person posted.
 *
 * @param issues what could not be read, and as warnings what has changed since the page was shown
 * @param unreadable the text as it was typed, by the name of the field as it is shown again
 */
public record Posted(
    QuestionnaireResponse response, List<FormIssue> issues, Map<String, String> unreadable) {

  /**
   * The issues of the post and those of {@link AnswerCheck}. A field that could not be read is not
   * reported as missing too.
   */
  public List<FormIssue> issuesAnd(List<FormIssue> checked) {
    Set<String> known = new HashSet<>();
    issues.forEach(issue -> known.add(place(issue)));
    List<FormIssue> all = new ArrayList<>(issues);
    checked.stream()
        .filter(issue -> !issue.rule().equals(FormIssue.REQUIRED) || !known.contains(place(issue)))
        .forEach(all::add);
    return List.copyOf(all);
  }

  private static String place(FormIssue issue) {
    return issue.path() + " " + issue.linkId();
  }
}
