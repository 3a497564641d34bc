package org.carepathway.demo.ehr;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/** A file with all that an EHR was given, a line each, in the order in which it was. */
final class EhrJournal {

  private final Path file;

  EhrJournal(Path file) {
    this.file = file;
  }

  /** Before it is answered. A killed process loses nothing of what the system was given. */
  synchronized void add(Resource resource) {
    try {
      Files.writeString(
          file,
          FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource) + '\n',
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Resource> lines() {
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).stream()
              .map(line -> (Resource) FhirContext.forR4Cached().newJsonParser().parseResource(line))
              .toList()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
