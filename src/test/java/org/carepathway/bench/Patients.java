package org.carepathway.bench;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.repository.IRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * As many patients as asked for: copies of the demo's, whom the happy path's answers fit, each with
 * ids of its own.
 */
final class Patients {

  static final Pattern UUIDS =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private static final Path FOLDER = Path.of("src/main/resources/demo/patients");

  private final IRepository repository;
  private final TransactionTemplate transaction;
  private final List<String> bundles;
  private int next;

  Patients(IRepository repository, TransactionTemplate transaction) throws IOException {
    this.repository = repository;
    this.transaction = transaction;
    try (var files = Files.list(FOLDER)) {
      this.bundles =
          files
              .filter(file -> file.toString().endsWith(".json"))
              .sorted()
              .map(Patients::text)
              .toList();
    }
  }

  /** Stores one more patient; returns the Patient's id. */
  String add() {
    Map<String, String> ids = new HashMap<>();
    String fresh =
        UUIDS
            .matcher(bundles.get(next++ % bundles.size()))
            .replaceAll(
                old -> ids.computeIfAbsent(old.group(), id -> UUID.randomUUID().toString()));
    Bundle bundle = FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, fresh);
    String id = new IdType(bundle.getEntryFirstRep().getRequest().getUrl()).getIdPart();
    transaction.executeWithoutResult(status -> repository.transaction(bundle));
    return id;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
