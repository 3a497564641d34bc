package org.carepathway.page;

import java.util.Date;
import java.util.Locale;

/**
 * One resource of a pathway's record as a line that a person reads.
 *
 * @param at when it happened, to sort by
 * @param date the same, as exact as the resource says it
 * @param type FHIR resource type
 * @param what it is about
 * @param value what it says; empty where there is none
 * @param status code of its status; empty where it has none
 */
public record Fact(
    Date at, String date, String type, String id, String what, String value, String status) {

  /** The same, saying something else. */
  public Fact saying(String words) {
    return new Fact(at, date, type, id, what, words, status);
  }

  /** The same about something else. */
  public Fact about(String thing) {
    return new Fact(at, date, type, id, thing, value, status);
  }

  /** {@code CarePlan} reads as {@code Care plan}. */
  public String kind() {
    String words = type.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
