package org.carepathway.database;

import java.nio.file.Path;

/** Starts PostgreSQL and ends as if it were killed. */
final class KilledService {

  private KilledService() {}

  public static void main(String[] arguments) {
    new BuiltInPostgres(Path.of(arguments[0]));
    Runtime.getRuntime().halt(137);
  }
}
