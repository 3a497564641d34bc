package org.carepathway.fhir;

import java.sql.Connection;
import java.sql.SQLException;
import org.carepathway.database.CommandDatabase;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * The command {@code check-store}: whether all that is stored can be read, without starting the
 * service, by the same settings of the database from the same places.
 */
@Import(CommandDatabase.class)
public class CheckStore {

  /** The first argument that asks for this command. */
  public static final String NAME = "check-store";

  private static final int ALL_READ = 0;
  private static final int NOT_ALL_READ = 1;
  private static final int NOT_CHECKED = 2;

  /**
   * @param arguments {@code check-store} and settings ({@code --name=value})
   * @return exit code: 0 all can be read, 1 something cannot, 2 it could not be checked
   */
  public static int run(String[] arguments) {
    SpringApplication command = new SpringApplication(CheckStore.class);
    command.setWebApplicationType(WebApplicationType.NONE);
    command.setLogStartupInfo(false);
    try (ConfigurableApplicationContext context = command.run(arguments);
        Connection connection = context.getBean(CommandDatabase.class).open()) {
      StoreCheck.Result result = new StoreCheck(connection).run(System.out::println);
      System.out.printf(
          "%d resources read, %d of them cannot be. A PUT of the whole resource corrects one.%n",
          result.resources(), result.unreadable());
      return result.unreadable() == 0 ? ALL_READ : NOT_ALL_READ;
    } catch (SQLException e) {
      System.err.println("The store could not be read: " + e.getMessage());
      return NOT_CHECKED;
    } catch (RuntimeException e) {
      // Spring has told what is wrong and what to do about it.
      return NOT_CHECKED;
    }
  }
}
