package org.carepathway.subscription;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.StringType;

/** Headers that a subscriber wants with each notification, such as a secret of theirs. */
final class Headers {

  private static final int MOST = 10;
  private static final Pattern SYNTAX =
      Pattern.compile(
          "([A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}):[ \\t]*([\\x21-\\x7e][\\x20-\\x7e]{0,3999})");

  /** What the connection is made of, or we say. */
  private static final Set<String> OURS =
      Set.of(
          "accept-encoding",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "via");

  private Headers() {}

  static List<Map.Entry<String, String>> read(List<StringType> sent) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      Matcher parts = SYNTAX.matcher(String.valueOf(sent.get(i).getValue()).strip());
      if (i >= MOST || !parts.matches() || OURS.contains(parts.group(1).toLowerCase(Locale.ROOT))) {
        throw WantedReading.refused(
            "channel.header[%d]".formatted(i),
            "At most %d, each written as Name: value in ASCII, and none of those that HTTP needs itself"
                .formatted(MOST));
      }
      headers.add(Map.entry(parts.group(1), parts.group(2).strip()));
    }
    return List.copyOf(headers);
  }
}
