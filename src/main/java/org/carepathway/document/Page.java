package org.carepathway.document;

import java.util.List;
import java.util.Locale;

/**
 * A letter or sheet, ready to be shown, printed or made a PDF.
 *
 * @param locale of the language that it is in
 * @param words its own words: what the lines of its head are called
 * @param title what it is
 * @param patient name, date of birth and number of the patient, one line each
 * @param from who writes
 * @param to whom it is for; null where it says nothing
 * @param date the day in words
 * @param paragraphs plain text
 * @param texts texts for the patient, as HTML that is safe
 */
public record Page(
    Locale locale,
    Words words,
    String title,
    List<String> patient,
    String from,
    String to,
    String date,
    List<String> paragraphs,
    List<String> texts) {

  /** What stands before the patient, the reader, the writer and the day. */
  public record Words(String patient, String to, String from, String date) {}
}
