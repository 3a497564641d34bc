package org.carepathway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import ca.uhn.fhir.rest.client.interceptor.BasicAuthInterceptor;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.carepathway.RunningService;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Public clients, as others write programs with them: {@code ./mvnw -Pclients test}. Needs Node 18
 * or later with npm. Writes the table of what works into docs/fhir-api.md.
 */
@Tag("clients")
class PublicClientsTest extends RunningService {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = Path.of("src/test/clients");
  private static final Path PAGE = Path.of("docs/fhir-api.md");
  private static final String BEGIN = "<!-- clients: written by ./mvnw -Pclients test -->\n";
  private static final String END = "<!-- end of clients -->";
  private static final String HAPI = "HAPI client";

  /**
   * @param refused the status with which it is refused, rightly; 0 for what works
   */
  private record Row(String client, String what, int refused, String problem) {}

  private final List<Row> rows = new ArrayList<>();

  @Test
  void theyWork() throws Exception {
    FhirClient fhir = new FhirClient(port());
    String patient = fhir.sendPatient("hammes-wilhemina.json");
    Task task = fhir.openTasks(fhir.refer(patient).getIdElement().getIdPart()).get(0);
    node("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    node("node", "run.mjs", base(), patient, task.getIdElement().getIdPart())
        .lines()
        .filter(line -> line.startsWith("{"))
        .forEach(this::add);
    hapi(patient);
    write();
    assertThat(rows).hasSizeGreaterThan(40).allMatch(row -> row.problem().isEmpty());
  }

  private String base() {
    return "http://localhost:" + port() + "/fhir";
  }

  private static String node(String... command) throws IOException, InterruptedException {
    try {
      Path said = Path.of("target/clients-%s.txt".formatted(command[0]));
      Process process =
          new ProcessBuilder(command)
              .directory(FOLDER.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      int exit = process.waitFor();
      String text = Files.readString(said);
      assertThat(exit == 0 || text.contains("\"ok\"")).as(text).isTrue();
      return text;
    } catch (IOException e) {
      throw new IOException(
          command[0] + " did not start: install Node 18 or later with npm, then run this again", e);
    }
  }

  private void add(String line) {
    try {
      JsonNode row = JSON.readTree(line);
      rows.add(
          new Row(
              row.get("client").asText(),
              row.get("what").asText(),
              row.get("refused").asInt(),
              row.get("problem").asText()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** With its check of the CapabilityStatement, as it comes. */
  private void hapi(String patient) {
    FhirContext context = FhirContext.forR4();
    context.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.ONCE);
    context.getRestfulClientFactory().setSocketTimeout(60_000);
    IGenericClient client = context.newRestfulGenericClient(base());
    client.registerInterceptor(new BasicAuthInterceptor("ehr", "ehr"));
    tried(
        "capabilities", 0, () -> client.capabilities().ofType(CapabilityStatement.class).execute());
    Patient sent = new Patient();
    sent.addName().setFamily("Hapi");
    sent.addIdentifier().setSystem("urn:clients").setValue("hapi-" + System.nanoTime());
    tried(
        "create, update, read, vread, history of one",
        0,
        () -> {
          String id =
              client
                  .create()
                  .resource(sent)
                  .execute()
                  .getId()
                  .toUnqualifiedVersionless()
                  .getValue();
          sent.setId(id);
          client
              .update()
              .resource(sent.addAddress(new org.hl7.fhir.r4.model.Address().setCity("x")))
              .execute();
          client.read().resource(Patient.class).withUrl(id + "/_history/2").execute();
          return client
              .history()
              .onInstance(new org.hl7.fhir.r4.model.IdType(id))
              .returnBundle(Bundle.class)
              .execute();
        });
    tried(
        "conditional create by identifier",
        0,
        () ->
            client
                .create()
                .resource(sent)
                .conditional()
                .where(
                    Patient.IDENTIFIER
                        .exactly()
                        .systemAndIdentifier(
                            "urn:clients", sent.getIdentifierFirstRep().getValue()))
                .execute());
    tried(
        "search by a builder, with _include, sorted",
        0,
        () ->
            client
                .search()
                .forResource(Task.class)
                .where(Task.PATIENT.hasId(patient))
                .include(Task.INCLUDE_PATIENT)
                .sort()
                .descending(Task.MODIFIED)
                .count(5)
                .returnBundle(Bundle.class)
                .execute());
    tried(
        "paging",
        0,
        () -> {
          Bundle page =
              client
                  .search()
                  .forResource(Questionnaire.class)
                  .count(7)
                  .returnBundle(Bundle.class)
                  .execute();
          return client.loadPage().next(page).execute();
        });
    tried(
        "transaction, XML",
        0,
        () -> {
          client.setEncoding(ca.uhn.fhir.rest.api.EncodingEnum.XML);
          Bundle bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
          bundle
              .addEntry()
              .setResource(
                  new Patient().addName(new org.hl7.fhir.r4.model.HumanName().setFamily("Hapi")))
              .getRequest()
              .setMethod(Bundle.HTTPVerb.POST)
              .setUrl("Patient");
          return client.transaction().withBundle(bundle).execute();
        });
    tried(
        "FHIRPath patch",
        0,
        () -> {
          Parameters patch = new Parameters();
          var operation = patch.addParameter().setName("operation");
          operation
              .addPart()
              .setName("type")
              .setValue(new org.hl7.fhir.r4.model.CodeType("replace"));
          operation
              .addPart()
              .setName("path")
              .setValue(new org.hl7.fhir.r4.model.StringType("Patient.name[0].family"));
          operation
              .addPart()
              .setName("value")
              .setValue(new org.hl7.fhir.r4.model.StringType("Client"));
          return client.patch().withFhirPatch(patch).withId(sent.getIdElement()).execute();
        });
    tried(
        "Patient/$everything",
        0,
        () ->
            client
                .operation()
                .onInstance(new org.hl7.fhir.r4.model.IdType("Patient", patient))
                .named("$everything")
                .withNoParameters(Parameters.class)
                .useHttpGet()
                .returnResourceType(Bundle.class)
                .execute());
    tried("delete", 403, () -> client.delete().resource(sent).execute());
    tried(
        "history of all",
        403,
        () -> client.history().onServer().returnBundle(Bundle.class).execute());
  }

  private void tried(String what, int refused, Callable<?> call) {
    String problem = "";
    try {
      call.call();
      problem = refused == 0 ? "" : "was not refused";
    } catch (BaseServerResponseException e) {
      problem = e.getStatusCode() == refused ? "" : e.getMessage();
    } catch (Exception e) {
      problem = e.toString();
    }
    rows.add(new Row(HAPI, what, refused, problem));
  }

  private void write() throws IOException {
    Map<String, Map<Boolean, Set<String>>> table = new LinkedHashMap<>();
    for (Row row : rows) {
      String text = row.refused() == 0 ? row.what() : row.what() + " (" + row.refused() + ")";
      if (row.problem().isEmpty()) {
        table
            .computeIfAbsent(row.client(), client -> new LinkedHashMap<>())
            .computeIfAbsent(row.refused() == 0, works -> new LinkedHashSet<>())
            .add(text);
      }
    }
    StringBuilder lines =
        new StringBuilder("| Client | Works | Refused, and says why |\n|--|--|--|\n");
    table.forEach(
        (client, cells) ->
            lines.append(
                "| %s | %s | %s |\n"
                    .formatted(
                        client,
                        String.join("; ", cells.getOrDefault(true, Set.of())),
                        String.join("; ", cells.getOrDefault(false, Set.of())))));
    String page = Files.readString(PAGE);
    int from = page.indexOf(BEGIN) + BEGIN.length();
    Files.writeString(
        PAGE, page.substring(0, from) + lines + page.substring(page.indexOf(END, from)));
    rows.stream()
        .filter(row -> !row.problem().isEmpty())
        .forEach(row -> System.out.println("does not work: " + row));
  }
}
