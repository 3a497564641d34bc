package org.carepathway.hl7;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceFactory;

/** Messages read by the tables of the service, without a database. */
final class Interpreting {

  static final ZoneId MADRID = ZoneId.of("Europe/Madrid");
  private static final MappingFiles FILES = new MappingFiles(null);
  static final Interpreter INTERPRETER =
      new Interpreter(
          "test",
          StandardCharsets.UTF_8,
          MADRID,
          null,
          Mapping.read(FILES),
          MessageKinds.of(FILES));

  static final String HEADER = "MSH|^~\\&|EHR|H|CP|S|20261129100000||%s|1|P|2.5\r";
  static final String PID = "PID|1||77^^^H^MR||Doe^Jane||19480101|F\r";

  private Interpreting() {}

  static Said said(String message) {
    return said(message.getBytes(StandardCharsets.UTF_8));
  }

  static Said said(byte[] message) {
    return INTERPRETER.interpret(INTERPRETER.read(message));
  }

  static Patient patient(Said said) {
    Patient patient = new Patient();
    said.patient().accept(patient);
    return patient;
  }

  static <T extends Resource> List<T> resources(Said said, Class<T> type) {
    List<T> all = new ArrayList<>();
    for (Statement statement : said.statements()) {
      if (statement.type().equals(type.getSimpleName())) {
        Resource resource = (Resource) ResourceFactory.createResource(statement.type());
        resource.setId(statement.id());
        statement.fill().accept(resource);
        all.add(type.cast(resource));
      }
    }
    return all;
  }

  static <T extends Resource> T only(Said said, Class<T> type) {
    List<T> all = resources(said, type);
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " of " + type.getSimpleName());
    }
    return all.get(0);
  }
}
