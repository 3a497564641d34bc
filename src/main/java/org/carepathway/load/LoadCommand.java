package org.carepathway.load;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * The command {@code load}: Bundles and NDJSON are sent to a running service as somebody who may
 * sign in there, so that every rule of the door applies. What is refused is listed, the rest is
 * stored; a second run goes on where the first one stopped.
 */
public final class LoadCommand {

  /** The first argument that asks for this command. */
  public static final String NAME = "load";

  private static final int ALL_STORED = 0;
  private static final int SOME_REFUSED = 1;
  private static final int STOPPED = 2;

  private LoadCommand() {}

  /**
   * @param arguments {@code load FILES}, see {@link LoadOptions}
   * @return exit code: 0 all is stored, 1 something was refused, 2 it stopped before the end
   */
  public static int run(String[] arguments) {
    return run(arguments, System.getenv(), System.out);
  }

  /**
   * @param environment where the password or token is
   * @param out what is told to who runs it
   */
  public static int run(String[] arguments, Map<String, String> environment, PrintStream out) {
    try {
      LoadOptions options = LoadOptions.of(arguments, environment);
      Refused refused = new Refused(options.refused(), out);
      LoadFiles files = LoadFiles.read(options.files(), refused);
      try (Journal journal = Journal.open(options.journal(), options.service())) {
        Sources sources = Sources.of(files.entries(), files, options, refused);
        List<Part> parts = Parts.of(sources, journal, options);
        Progress progress = new Progress(out, sources.entries().size(), refused);
        new Sending(new ServiceDoor(options), sources, files, journal, refused, progress)
            .send(parts, options.connections());
        progress.end();
      }
      refused.tell();
      return refused.isEmpty() ? ALL_STORED : SOME_REFUSED;
    } catch (LoadStopped e) {
      out.println(e.getMessage());
      return STOPPED;
    } catch (IOException e) {
      out.println("A file cannot be read or written: " + e.getMessage());
      return STOPPED;
    }
  }
}
