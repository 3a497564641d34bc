package org.carepathway.outreach;

import java.util.Arrays;
import java.util.Optional;

/** A way by which a message leaves: the codes of CodeSystem {@code outreach-channel}. */
public enum Channel {
  MAIL("mail", false),
  SMS("sms", false),
  LETTER("letter", false),
  PAGER("pager", true);

  private final String code;
  private final boolean forStaff;

  Channel(String code, boolean forStaff) {
    this.code = code;
    this.forStaff = forStaff;
  }

  public String code() {
    return code;
  }

  boolean isForStaffOnly() {
    return forStaff;
  }

  public static Optional<Channel> ofCode(String code) {
    return Arrays.stream(values()).filter(channel -> channel.code.equals(code)).findFirst();
  }
}
