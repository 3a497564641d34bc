package org.carepathway.form;

import java.util.Locale;

/**
 * Something about a response that a person must put right, or should look at.
 *
 * @param linkId the item, or null when it is about the whole form
 * @param path the place in the response, such as {@code QuestionnaireResponse.item[2].item[0]
 *     .answer[0]}; for an answer that is missing, the nearest occurrence around it
 * @param rule what was broken: a constant of this class, or the key of a questionnaire-constraint
 * @param message plain English: which field, which rule, what to do
 * @param phrase what of the message follows the field's name, for other languages; null where the
 *     message is the content's
 */
public record FormIssue(
    String linkId, String path, Severity severity, String rule, String message, Phrase phrase) {

  public static final String CHANGED = "changed";
  public static final String CONSTRAINT = "constraint";
  public static final String DECIMAL_PLACES = "decimal-places";
  public static final String DISABLED = "disabled";
  public static final String DUPLICATE = "duplicate-item";
  public static final String FILE_SIZE = "file-size";
  public static final String FILE_TYPE = "file-type";
  public static final String FORM = "form";
  public static final String MAX_LENGTH = "max-length";
  public static final String MAX_OCCURS = "max-occurs";
  public static final String MAX_VALUE = "max-value";
  public static final String MIN_OCCURS = "min-occurs";
  public static final String MIN_VALUE = "min-value";
  public static final String MISPLACED = "misplaced-item";
  public static final String OPTION = "option";
  public static final String READ_ONLY = "read-only";
  public static final String REPEATS = "repeats";
  public static final String REQUIRED = "required";
  public static final String TOGETHER = "answers-together";
  public static final String TYPE = "answer-type";
  public static final String UNIT = "unit";
  public static final String UNKNOWN = "unknown-item";

  FormIssue(String linkId, String path, Severity severity, String rule, String message) {
    this(linkId, path, severity, rule, message, null);
  }

  /** Something about one field that the service itself checks. */
  static FormIssue of(FormItem item, String path, String rule, Phrase phrase) {
    return new FormIssue(
        item.linkId(),
        path,
        Severity.ERROR,
        rule,
        item.quoted() + " " + phrase.in(Locale.ENGLISH),
        phrase);
  }

  /**
   * Something about what a form books.
   *
   * @param item that names what cannot be booked
   * @param key of the message, which follows the item's name
   */
  public static FormIssue booking(
      FormItem item, Severity severity, String rule, String key, Object... arguments) {
    Phrase phrase = Phrase.of(key, arguments);
    return new FormIssue(
        item.linkId(),
        "QuestionnaireResponse",
        severity,
        rule,
        item.quoted() + " " + phrase.in(Locale.ENGLISH),
        phrase);
  }

  /** An error stops the form; a warning is shown and may be passed. */
  public enum Severity {
    ERROR,
    WARNING
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }
}
