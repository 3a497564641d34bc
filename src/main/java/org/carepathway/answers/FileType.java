package org.carepathway.answers;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** What a file is by its first bytes: a name or a header can say anything. */
final class FileType {

  private static final Map<String, String> TYPES =
      Map.of(
          "255044462d", "application/pdf",
          "ffd8ff", "image/jpeg",
          "89504e470d0a1a0a", "image/png");

  private FileType() {}

  static Optional<String> of(byte[] content) {
    String begin = HexFormat.of().formatHex(content, 0, Math.min(8, content.length));
    return TYPES.entrySet().stream()
        .filter(type -> begin.startsWith(type.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
