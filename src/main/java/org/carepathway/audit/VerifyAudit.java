package org.carepathway.audit;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.carepathway.database.CommandDatabase;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * The command {@code verify-audit}: checks the audit without starting the service, by the same
 * settings (database and keys) from the same places.
 */
@Import({CommandDatabase.class, AuditKeys.class})
@EnableConfigurationProperties(AuditSettings.class)
public class VerifyAudit {

  /** The first argument that asks for this command. */
  public static final String NAME = "verify-audit";

  private static final int FITS = 0;
  private static final int DOES_NOT_FIT = 1;
  private static final int NOT_CHECKED = 2;

  /**
   * @param arguments {@code verify-audit [position:hash]}, the end of the chain as logged earlier,
   *     and settings ({@code --name=value})
   * @return exit code: 0 all fits, 1 something does not, 2 it could not be checked, or not all
   */
  public static int run(String[] arguments) {
    SpringApplication command = new SpringApplication(VerifyAudit.class);
    command.setWebApplicationType(WebApplicationType.NONE);
    command.setLogStartupInfo(false);
    try (ConfigurableApplicationContext context = command.run(arguments)) {
      List<String> named = context.getBean(ApplicationArguments.class).getNonOptionArgs();
      return check(
          context.getBean(CommandDatabase.class),
          context.getBean(AuditKeys.class),
          named.stream().skip(1).findFirst());
    } catch (SQLException e) {
      System.err.println("The audit could not be read: " + e.getMessage());
      return NOT_CHECKED;
    } catch (RuntimeException e) {
      // Spring has told what is wrong and what to do about it.
      return NOT_CHECKED;
    }
  }

  private static int check(CommandDatabase database, AuditKeys keys, Optional<String> head)
      throws SQLException {
    try (Connection connection = database.open()) {
      AuditVerifier.Result result = new AuditVerifier(connection, keys).verify(head);
      result.findings().forEach(System.out::println);
      result.unchecked().forEach(System.out::println);
      System.out.printf(
          "%d events checked, %d faults; the chain ends at %s%n",
          result.events(), result.findings().size(), result.head());
      if (!result.findings().isEmpty()) {
        return DOES_NOT_FIT;
      }
      return result.unchecked().isEmpty() ? FITS : NOT_CHECKED;
    }
  }
}
