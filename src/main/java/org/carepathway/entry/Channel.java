package org.carepathway.entry;

import java.util.Arrays;
import java.util.Optional;

/** How a referral came to us. */
public enum Channel {
  PHONE("phone"),
  FAX("fax"),
  LETTER("letter"),
  WALK_IN("walk-in");

  private final String code;

  Channel(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  static Optional<Channel> ofCode(String code) {
    return Arrays.stream(values()).filter(each -> each.code.equals(code)).findFirst();
  }
}
