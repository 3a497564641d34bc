package org.carepathway.answers;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** What a file is by its bytes: a name or a header can say anything. */
final class FileType {

  private static final String PDF = "application/pdf";
  private static final Map<String, String> TYPES =
      Map.of("255044462d", PDF, "ffd8ff", "image/jpeg", "89504e470d0a1a0a", "image/png");

  /** The endings of names that say a type. */
  private static final Map<String, String> NAMES =
      Map.of("pdf", PDF, "jpg", "image/jpeg", "jpeg", "image/jpeg", "png", "image/png");

  /** The mark of the end stands in the last 1,024 bytes (ISO 32000-1, annex H, note 18). */
  private static final int END = 1024;

  private FileType() {}

  static Optional<String> of(byte[] content) {
    String begin = HexFormat.of().formatHex(content, 0, Math.min(8, content.length));
    return TYPES.entrySet().stream()
        .filter(type -> begin.startsWith(type.getKey()))
        .map(Map.Entry::getValue)
        .filter(type -> type.equals(PDF) ? isPdf(content) : isPicture(content))
        .findFirst();
  }

  /** Whether the name of a file says that it is of another type. */
  static boolean isNamedOtherwise(String name, String type) {
    String ending =
        name == null ? "" : name.replaceFirst(".*\\.", "").strip().toLowerCase(Locale.ROOT);
    return !NAMES.getOrDefault(ending, type).equals(type);
  }

  private static boolean isPdf(byte[] content) {
    int from = Math.max(0, content.length - END);
    String end = new String(content, from, content.length - from, StandardCharsets.ISO_8859_1);
    return end.contains("startxref") && end.contains("%%EOF");
  }

  private static boolean isPicture(byte[] content) {
    try (ImageInputStream stream =
        ImageIO.createImageInputStream(new ByteArrayInputStream(content))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        return false;
      }
      ImageReader reader = readers.next();
      reader.setInput(stream, true, true);
      return reader.getWidth(0) > 0 && reader.getHeight(0) > 0;
    } catch (IOException | IndexOutOfBoundsException broken) {
      return false;
    }
  }
}
