package org.carepathway.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.carepathway.scenario.Scenario;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Each patient of the demo can travel the happy path, which the demo plays when it starts: no rule
 * refuses the scenario's answers for what is on file of them.
 */
@Tag("rehearsal")
class DemoPatientsTest {

  private static final Path PATIENTS = Path.of("src/main/resources/demo/patients");
  private static final Path SCENARIO = Path.of("bpmn/vertebroplasty/scenarios/happy-path.yaml");

  @TestFactory
  Stream<DynamicTest> everyPatient() throws IOException {
    Rehearsal stage = Rehearsal.open();
    Scenario scenario = ScenarioRun.read(SCENARIO);
    try (Stream<Path> files = Files.list(PATIENTS)) {
      List<Path> patients =
          files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
      return patients.stream()
          .map(
              patient ->
                  DynamicTest.dynamicTest(
                      patient.getFileName().toString(),
                      () -> ScenarioRun.play(stage, scenario, patient)));
    }
  }
}
