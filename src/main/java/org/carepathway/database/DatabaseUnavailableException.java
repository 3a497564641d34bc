package org.carepathway.database;

import org.carepathway.startup.StartUpException;

/** The database cannot be used; says what to do about it. */
final class DatabaseUnavailableException extends StartUpException {

  DatabaseUnavailableException(String problem, String remedy, Throwable cause) {
    super(problem, remedy, cause);
  }
}
