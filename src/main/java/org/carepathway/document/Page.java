package org.carepathway.document;

import java.util.List;
import java.util.Locale;

/**
 * A letter or sheet, ready to be shown, printed or made a PDF.
 *
 * @param locale of its own words
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
    String title,
    List<String> patient,
    String from,
    String to,
    String date,
    List<String> paragraphs,
    List<String> texts) {}
