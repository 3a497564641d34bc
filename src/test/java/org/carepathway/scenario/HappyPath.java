package org.carepathway.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.carepathway.scenario.Scenario.Answer;

/** The course on which nothing goes wrong, as the pathway's own scenario tells it. */
public final class HappyPath {

  private static final Path FILE = Path.of("bpmn/vertebroplasty/scenarios/happy-path.yaml");

  private HappyPath() {}

  public static Scenario scenario() {
    try {
      return Scenarios.parse(Files.readString(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its first step: the referral is completed. */
  public static Answer referral() {
    return (Answer) scenario().steps().get(0);
  }
}
