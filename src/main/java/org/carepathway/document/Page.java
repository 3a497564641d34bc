package org.carepathway.document;

import java.util.List;
import java.util.Locale;

/**
 * A letter or sheet, ready to be shown, printed or made a PDF.
 *
 * @param locale of the language that it is in
 * @param words its own words: what the lines of its head are called
 * @param head who the hospital is
 * @param title what it is
 * @param patient name, date of birth and number of the patient, one line each
 * @param from the person who writes, or what writes by itself
 * @param to whom it is for; null where it says nothing
 * @param copies to whom else it goes
 * @param date the day in words
 * @param paragraphs plain text
 * @param texts texts for the patient, as HTML that is safe
 * @param reach how the hospital is reached, one line each
 * @param signer whose signature belongs to it; null where nobody signs
 */
public record Page(
    Locale locale,
    Words words,
    Letterhead head,
    String title,
    List<String> patient,
    String from,
    String to,
    List<String> copies,
    String date,
    List<String> paragraphs,
    List<String> texts,
    List<String> reach,
    String signer) {

  /** What stands before the lines of the head, before the numbers to call and at the end. */
  public record Words(
      String patient, String to, String copies, String from, String date, String reach) {}
}
