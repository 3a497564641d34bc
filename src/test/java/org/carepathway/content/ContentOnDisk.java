package org.carepathway.content;

import ca.uhn.fhir.context.FhirContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The content of the working directory, as the service would read it. */
public final class ContentOnDisk {

  private static final ContentParser PARSER =
      new ContentParser(FhirContext.forR4Cached(), new PolicySettings(Map.of()));

  private static final List<ContentFile> FILES = files();

  private ContentOnDisk() {}

  /** All files, those of heirs whole. */
  static List<ContentFile> files() {
    String here = Path.of("").toAbsolutePath().toUri().toString().replaceAll("/$", "");
    return Heirs.complete(ContentFolder.read(here));
  }

  /** A file as it is loaded: one of an heir is laid over what it inherits. */
  public static String whole(Path file) {
    return FILES.stream()
        .filter(some -> some.path().equals(file.toString()))
        .findFirst()
        .orElseThrow()
        .body();
  }

  /** A pathway's policy values, those that it inherits among them. */
  public static Policy policy(String key) {
    return PARSER.parse(key, PARSER.allFilesOf(key, files())).policy();
  }
}
