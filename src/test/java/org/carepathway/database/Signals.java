package org.carepathway.database;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Stops processes of ours as a machine does that has no time for them, and lets them go on. */
final class Signals {

  private Signals() {}

  static void halt(List<ProcessHandle> processes) throws Exception {
    send("-STOP", processes);
  }

  static void goOn(List<ProcessHandle> processes) throws Exception {
    send("-CONT", processes);
  }

  private static void send(String signal, List<ProcessHandle> processes)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", signal));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
