package org.carepathway.demo.ehr;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ThreadLocalRandom;
import org.hl7.fhir.r4.model.Resource;

/** A process that is an EHR, and nothing else: it starts in a second, to be killed often. */
public final class EhrProcess {

  private EhrProcess() {}

  /**
   * @param arguments vendor, the file with what it was given, the file that it writes its port to,
   *     how many patients it knows, and one request of how many it answers with 500 or 429; 0 for
   *     none
   */
  public static void main(String[] arguments) throws Exception {
    FakeEhr ehr = FakeEhr.lasting(arguments[0], Path.of(arguments[1]));
    for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
      ehr.knows("e-p" + i, "p" + i);
    }
    warmUp();
    int faults = Integer.parseInt(arguments[4]);
    ehr.refuses(resource -> refusal(faults));
    Path port = Path.of(arguments[2]);
    Path written = Files.writeString(Path.of(port + ".new"), Integer.toString(ehr.port()));
    Files.move(written, port, StandardCopyOption.ATOMIC_MOVE);
    Thread.currentThread().join();
  }

  /** Reads and writes one of each type, so that the first request is not the one that waits. */
  private static void warmUp() {
    IParser parser = FhirContext.forR4Cached().newJsonParser();
    for (String type : EhrManner.PLAIN.writable().keySet()) {
      Resource one =
          (Resource) parser.parseResource("{\"resourceType\":\"%s\",\"id\":\"1\"}".formatted(type));
      FhirContext.forR4Cached().newTerser().getAllResourceReferences(one);
      parser.encodeResourceToString(one);
    }
  }

  private static int refusal(int faults) {
    if (faults == 0 || ThreadLocalRandom.current().nextInt(faults) > 0) {
      return 0;
    }
    return ThreadLocalRandom.current().nextBoolean() ? 500 : 429;
  }
}
