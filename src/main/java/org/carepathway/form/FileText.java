package org.carepathway.form;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Attachment;

/**
 * A file as a field of the page holds it: where the service keeps it, and what a person needs to
 * know of it. What the service itself kept counts, not what comes back here.
 */
public final class FileText {

  /** Begins the url of an attachment that the service keeps until the form is taken. */
  public static final String KEPT = "urn:uuid:";

  private static final Pattern TEXT =
      Pattern.compile(
          "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) ([a-z]+/[a-z0-9.+-]+) ([0-9]{1,9}) (.+)");

  private FileText() {}

  public static String of(Attachment file) {
    return "%s %s %d %s"
        .formatted(
            file.getUrl().replace(KEPT, ""),
            file.getContentType(),
            file.getSize(),
            file.getTitle());
  }

  /** Null for what is no such text. */
  public static Attachment read(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? new Attachment()
            .setUrl(KEPT + parts.group(1))
            .setContentType(parts.group(2))
            .setSize(Integer.parseInt(parts.group(3)))
            .setTitle(parts.group(4))
        : null;
  }
}
