package org.carepathway.content;

import ca.uhn.fhir.context.FhirContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.carepathway.fhir.Conformance;
import org.carepathway.form.FormReader;
import org.carepathway.template.FhirPaths;

/** The content of the working directory, as the service would read it. */
public final class ContentOnDisk {

  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final FhirPaths PATHS = new FhirPaths(FHIR);
  private static final Conformance CONFORMANCE = new Conformance(FHIR);

  static final ContentParser PARSER =
      new ContentParser(
          FHIR, new PolicySettings(Map.of()), new FormReader(PATHS, CONFORMANCE::codes), PATHS);

  private static final List<ContentFile> FILES = files();

  static {
    CONFORMANCE.add(
        FILES.stream().filter(Publication::isConformance).map(PARSER::resource).toList());
  }

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

  /** A pathway with all that it inherits. */
  public static PathwayContent content(String key) {
    return PARSER.parse(key, PARSER.allFilesOf(key, FILES));
  }

  /** A pathway's policy values, those that it inherits among them. */
  public static Policy policy(String key) {
    return content(key).policy();
  }
}
