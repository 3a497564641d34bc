package org.carepathway.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.carepathway.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** The command {@code load} against the running service. */
class LoadTest extends RunningService {

  @TempDir Path folder;
  @Autowired private JdbcTemplate jdbc;

  private String told;

  private int load(Path files, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                LoadCommand.NAME,
                files.toString(),
                "--to=http://localhost:" + port() + "/fhir",
                "--user=ehr",
                "--journal=" + folder.resolve("journal.tsv"),
                "--refused=" + folder.resolve("refused.tsv")));
    arguments.addAll(List.of(more));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code =
        LoadCommand.run(
            arguments.toArray(String[]::new),
            Map.of(LoadOptions.PASSWORD, "ehr"),
            new PrintStream(out, true, StandardCharsets.UTF_8));
    told = out.toString(StandardCharsets.UTF_8);
    return code;
  }

  private List<String> refused() throws Exception {
    Path list = folder.resolve("refused.tsv");
    return Files.exists(list) ? Files.readAllLines(list) : List.of();
  }

  private long stored() {
    return jdbc.queryForObject("select count(*) from hfj_res_ver", Long.class);
  }

  /** An export as servers write it: a file a type, ids that are numbers, circles of references. */
  private Path export(String patient) throws Exception {
    Path export = Files.createDirectories(folder.resolve("export"));
    String subject = ",\"subject\":{\"reference\":\"Patient/7\"}}\n";
    Files.writeString(
        export.resolve("Patient.ndjson"),
        "\uFEFF{\"resourceType\":\"Patient\",\"id\":\"7\",\"birthDate\":\"1940-01-02\",\"name\":[{\"family\":\"Export\"}],\"identifier\":[{\"type\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v2-0203\",\"code\":\"MR\"}]},\"system\":\"urn:mrn\",\"value\":\"%s\"}]}\n\n"
            .formatted(patient));
    Files.writeString(
        export.resolve("Condition.ndjson"),
        "{\"resourceType\":\"Condition\",\"id\":\"1\",\"encounter\":{\"reference\":\"Encounter/1\"},\"code\":{\"text\":\"x\"}"
            + subject);
    Files.writeString(
        export.resolve("Encounter.ndjson"),
        "{\"resourceType\":\"Encounter\",\"id\":\"1\",\"status\":\"finished\",\"class\":{\"code\":\"AMB\"},\"diagnosis\":[{\"condition\":{\"reference\":\"Condition/1\"}}]"
            + subject
            + "{\"resourceType\":\"Encounter\",\"id\":\"2\",\"status\":\"done\",\"class\":{\"code\":\"AMB\"}"
            + subject);
    Files.writeString(
        export.resolve("Observation.ndjson"),
        "{\"resourceType\":\"Observation\",\"id\":\"1\",\"status\":\"final\",\"code\":{\"text\":\"x\"},\"encounter\":{\"reference\":\"Encounter/1\"}"
            + subject
            + "{\"resourceType\":\"Observation\",\"id\":\"2\",\"status\":\"final\",\"code\":{\"text\":\"x\"},\"encounter\":{\"reference\":\"Encounter/2\"}"
            + subject
            + "{\"resourceType\":\"Observation\",\"id\":\"3\",\"status\":\"final\",\"code\":{\"text\":\"x\"},\"encounter\":{\"reference\":\"Encounter/404\"}"
            + subject
            + "{\"resourceType\":\"Starship\",\"id\":\"1\"}\n{\"resourceType\":\"Obs");
    return export;
  }

  @Test
  void whatIsWrongIsListedAndTheRestIsStoredOnce() throws Exception {
    Path export = export(UUID.randomUUID().toString());
    String whose = "--source=https://ehr.example.org/fhir";

    assertThat(load(export, whose)).as(told).isEqualTo(1);

    assertThat(refused())
        .anySatisfy(line -> assertThat(line).contains("Encounter.ndjson\t2\tEncounter/2", "done"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(
                        "Observation.ndjson\t2\tObservation/2",
                        "refers to what was refused",
                        "Encounter/2"))
        .anySatisfy(line -> assertThat(line).contains("Observation.ndjson\t3\t", "Encounter/404"))
        .anySatisfy(line -> assertThat(line).contains("Observation.ndjson\t4\tStarship/1"))
        .anySatisfy(line -> assertThat(line).contains("Observation.ndjson\t5\t", "no JSON"))
        .hasSize(6);
    assertThat(Files.readAllLines(folder.resolve("journal.tsv"))).hasSize(5);
    assertThat(told).contains("4 of 8 stored");

    long before = stored();
    assertThat(load(export, whose)).isEqualTo(1);
    assertThat(stored()).isEqualTo(before);
    assertThat(told).contains("4 of them are stored already");
    // Without its journal it would be sent again, and still nothing is there twice.
    long resources = jdbc.queryForObject("select count(*) from hfj_resource", Long.class);
    Files.delete(folder.resolve("journal.tsv"));
    load(export, whose);
    assertThat(jdbc.queryForObject("select count(*) from hfj_resource", Long.class))
        .isEqualTo(resources);
  }

  @Test
  void aPatientWithTheSameNumberWhoIsSomebodyElseIsNotMixedUp() throws Exception {
    String number = UUID.randomUUID().toString();
    Path export = export(number);
    load(export, "--source=urn:one");
    Path patients = export.resolve("Patient.ndjson");
    Files.writeString(patients, Files.readString(patients).replace("1940-01-02", "1951-01-02"));
    long before = stored();

    assertThat(load(export, "--source=urn:two", "--journal=" + folder.resolve("other.tsv")))
        .isEqualTo(1);

    assertThat(stored()).isEqualTo(before);
    assertThat(refused())
        .anySatisfy(line -> assertThat(line).contains("Patient/7", "another birthDate"));
  }

  @Test
  void whoIsNotKnownLoadsNothing() throws Exception {
    Path export = export(UUID.randomUUID().toString());
    long before = stored();
    assertThat(load(export, "--source=urn:x", "--user=nobody")).isEqualTo(2);
    assertThat(told).contains("401");
    assertThat(load(export)).isEqualTo(2);
    assertThat(told).contains("--source=");
    assertThat(load(folder.resolve("none"))).isEqualTo(2);
    assertThat(
            load(
                export,
                "--source=urn:x",
                "--to=http://localhost:1/fhir",
                "--journal=" + folder.resolve("j")))
        .isEqualTo(2);
    assertThat(told).contains("cannot be reached");
    assertThat(stored()).isEqualTo(before);
  }
}
