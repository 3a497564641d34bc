package org.carepathway.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carepathway.CarePathwayApplication;

/**
 * The command {@code verify-audit}, run as a process of its own.
 *
 * @param code its exit code
 */
public record VerifyCommand(int code, String said) {

  public static VerifyCommand run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CarePathwayApplication.class.getName(),
                "verify-audit"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new VerifyCommand(process.waitFor(), said);
  }
}
