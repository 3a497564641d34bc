package org.carepathway.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second service away from a folder, for as long as this process lives. */
record FolderLock(FileChannel channel) implements AutoCloseable {

  /**
   * @throws DatabaseUnavailableException when the folder cannot be written or is already in use
   */
  static FolderLock of(Path home) {
    try {
      Files.createDirectories(home);
      FileChannel channel =
          FileChannel.open(
              home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        throw new DatabaseUnavailableException(
            "The folder " + home + " is in use by another running service.",
            "Stop that one first, or choose another folder with carepathway.database.directory.",
            null);
      }
      return new FolderLock(channel);
    } catch (IOException e) {
      throw new DatabaseUnavailableException(
          "The folder " + home + " cannot be written: " + e.getMessage(),
          "Give the service's user the right to write there, or choose another folder with"
              + " carepathway.database.directory.",
          e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
