package org.carepathway.audit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * The command {@code verify-audit}: checks the audit of a database without starting the service. It
 * reads the same environment variables: SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME,
 * SPRING_DATASOURCE_PASSWORD and CAREPATHWAY_AUDIT_KEY.
 */
public final class VerifyAudit {

  /** The first argument that asks for this command. */
  public static final String NAME = "verify-audit";

  private VerifyAudit() {}

  /**
   * @param arguments {@code verify-audit [position:hash]}, the end of the chain as logged earlier
   * @return exit code: 0 all fits, 1 something does not, 2 it could not be checked
   */
  public static int run(String[] arguments, Map<String, String> environment) {
    String url = environment.get("SPRING_DATASOURCE_URL");
    if (url == null) {
      System.err.println("Set SPRING_DATASOURCE_URL, _USERNAME and _PASSWORD to the database.");
      return 2;
    }
    String key = environment.getOrDefault("CAREPATHWAY_AUDIT_KEY", AuditSettings.KNOWN_KEY);
    try (Connection database =
        DriverManager.getConnection(
            url,
            environment.get("SPRING_DATASOURCE_USERNAME"),
            environment.get("SPRING_DATASOURCE_PASSWORD"))) {
      AuditVerifier.Result result =
          new AuditVerifier(database, key)
              .verify(arguments.length > 1 ? Optional.of(arguments[1]) : Optional.empty());
      result.findings().forEach(System.out::println);
      System.out.printf(
          "%d events checked, %d faults; the chain ends at %s%n",
          result.events(), result.findings().size(), result.head());
      return result.findings().isEmpty() ? 0 : 1;
    } catch (SQLException e) {
      System.err.println("The audit could not be read: " + e.getMessage());
      return 2;
    }
  }
}
