package org.carepathway.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

class DatabaseFaultTest {

  @Test
  void theDatabasesOwnWordCounts() {
    assertThat(DatabaseFault.of(conflict("23505"))).contains(DatabaseFault.CONFLICT);
    assertThat(DatabaseFault.of(conflict("40001"))).contains(DatabaseFault.CONFLICT);
    assertThat(DatabaseFault.of(conflict("57P01"))).contains(DatabaseFault.GONE);
    assertThat(DatabaseFault.of(conflict("08006"))).contains(DatabaseFault.GONE);
    assertThat(DatabaseFault.of(conflict("57014"))).contains(DatabaseFault.TOO_SLOW);
    assertThat(DatabaseFault.of(conflict("23502")))
        .as("a missing value is nobody's haste")
        .contains(DatabaseFault.OTHER);
  }

  @Test
  void aFailureThatIsTextOnlyIsKnownByIt() {
    assertThat(
            DatabaseFault.of(
                new InternalErrorException("ERROR: canceling statement due to user request")))
        .contains(DatabaseFault.TOO_SLOW);
    assertThat(DatabaseFault.of(new InternalErrorException("Connection is closed")))
        .as("what is left where the rollback fails too")
        .contains(DatabaseFault.GONE);
    assertThat(
            DatabaseFault.of(
                new ResourceVersionConflictException(
                    "could not execute batch [insert into work_item (id) values ('1')]")))
        .contains(DatabaseFault.OTHER);
  }

  @Test
  void whatASenderWroteOfDatabasesIsNone() {
    assertThat(DatabaseFault.of(new UnprocessableEntityException("'SQL [x]' is no code")))
        .isEmpty();
    assertThat(DatabaseFault.of(new ResourceVersionConflictException("The pathway has ended.")))
        .isEmpty();
  }

  /** As HAPI wraps what it has tried again in vain. */
  private static Throwable conflict(String state) {
    return new ResourceVersionConflictException(
        "HAPI-0550: could not execute",
        new DataIntegrityViolationException("x", new SQLException("secret", state)),
        null);
  }
}
