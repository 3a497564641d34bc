package org.carepathway.content;

import ca.uhn.fhir.context.FhirContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The content of the working directory, as the service would read it. */
public final class ContentOnDisk {

  private static final ContentParser PARSER =
      new ContentParser(FhirContext.forR4Cached(), new PolicySettings(Map.of()));

  private ContentOnDisk() {}

  /** A pathway's policy values, those that it inherits among them. */
  public static Policy policy(String key) {
    List<ContentFile> files =
        ContentFolder.read(Path.of("").toAbsolutePath().toUri().toString().replaceAll("/$", ""));
    return PARSER.parse(key, PARSER.allFilesOf(key, files)).policy();
  }
}
