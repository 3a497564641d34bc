package org.carepathway.subscription;

import java.util.Optional;

/** How much of what has changed a notification says. */
enum PayloadContent {
  /** That something has. */
  EMPTY("empty"),
  /** What has: its address. */
  ID_ONLY("id-only"),
  /** The resource, as it is when it is sent. */
  FULL_RESOURCE("full-resource");

  private final String code;

  PayloadContent(String code) {
    this.code = code;
  }

  /** As in CodeSystem {@code backport-content-code-system}. */
  String code() {
    return code;
  }

  static Optional<PayloadContent> ofCode(String code) {
    for (PayloadContent content : values()) {
      if (content.code.equals(code)) {
        return Optional.of(content);
      }
    }
    return Optional.empty();
  }
}
