package org.carepathway;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the processes of a test run must not share, and what they must do one after the other. */
public final class OwnFolder {

  private OwnFolder() {}

  /** A folder or file below {@code target} of this process only. */
  public static Path of(String name) {
    return Path.of("target", System.getProperty("test.process", "1"), name);
  }

  /** Waits until no other process of the run does the same. */
  public static void inTurn(String what, Runnable work) {
    Path file = Path.of("target", what + ".lock");
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock turn = channel.lock()) {
      work.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file, in a folder that is there. */
  public static File file(String name) {
    Path path = of(name);
    path.getParent().toFile().mkdirs();
    return path.toFile();
  }
}
