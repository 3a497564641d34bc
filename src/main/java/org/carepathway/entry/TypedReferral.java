package org.carepathway.entry;

import java.util.List;

/**
 * A referral as somebody typed it in; each text without spaces around it, and empty where nothing
 * was typed.
 *
 * @param key made with the page: the same that is sent twice with one key is one referral
 * @param chosen id of the patient here who is meant; {@value #NEW} when none of those offered is;
 *     empty before they were offered
 * @param files that were attached, as {@link org.carepathway.form.FileText} writes them
 */
public record TypedReferral(String key, String chosen, Whom whom, What what, List<String> files) {

  static final String NEW = "new";

  /**
   * @param sex code of AdministrativeGender
   * @param born as a date field sends it, {@code 1950-12-24}
   * @param language BCP 47
   * @param interpreter whether one is needed; a browser does not send a box that is not ticked
   */
  public record Whom(
      String family,
      String given,
      String sex,
      String born,
      String number,
      String phone,
      String language,
      Boolean interpreter) {

    public Whom {
      family = plain(family);
      given = plain(given);
      sex = plain(sex);
      born = plain(born);
      number = plain(number);
      phone = plain(phone);
      language = plain(language);
      interpreter = Boolean.TRUE.equals(interpreter);
    }
  }

  /**
   * @param pathway key of the pathway that is asked for
   * @param priority code of RequestPriority
   * @param referrer name of who refers
   * @param reach how the referrer is reached
   * @param channel code of a {@link Channel}
   * @param written day of the referral, as a date field sends it
   * @param team that is to look after the patient; needed of who has several
   */
  public record What(
      String pathway,
      String priority,
      String referrer,
      String reach,
      String channel,
      String written,
      String reason,
      String team) {

    public What {
      pathway = plain(pathway);
      priority = plain(priority);
      referrer = plain(referrer);
      reach = plain(reach);
      channel = plain(channel);
      written = plain(written);
      reason = plain(reason);
      team = plain(team);
    }
  }

  public TypedReferral {
    key = plain(key);
    chosen = plain(chosen);
    whom = whom == null ? new Whom(null, null, null, null, null, null, null, null) : whom;
    what = what == null ? new What(null, null, null, null, null, null, null, null) : what;
    files = files == null ? List.of() : List.copyOf(files);
  }

  boolean isOfNewPatient() {
    return NEW.equals(chosen);
  }

  private static String plain(String typed) {
    return typed == null ? "" : typed.strip();
  }
}
