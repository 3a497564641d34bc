package org.carepathway.outreach;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a carrier hands over. It has nothing clinical in it: who reads it may be anybody.
 *
 * @param id the same for each attempt, so that a gateway knows what it has been given already
 * @param subject of a mail, title of a letter
 * @param text plain text
 * @param calendar the same for a calendar, of mail only; null for none
 */
public record Outgoing(
    UUID id, String address, String language, String subject, String text, CalendarPart calendar) {

  /** One without a calendar. */
  public Outgoing(UUID id, String address, String language, String subject, String text) {
    this(id, address, language, subject, text, null);
  }

  /**
   * A calendar in a mail (RFC 6047).
   *
   * @param method such as {@code REQUEST}, as in the text
   * @param text of iCalendar
   */
  public record CalendarPart(String method, String text) {}

  private static final Pattern LINK = Pattern.compile("https?://\\S+");

  /** The link in it, for who looks at it in a demo; null for none. */
  public String link() {
    Matcher link = LINK.matcher(text);
    return link.find() ? link.group() : null;
  }
}
