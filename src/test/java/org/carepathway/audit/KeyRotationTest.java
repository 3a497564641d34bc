package org.carepathway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.carepathway.RunningService;
import org.carepathway.startup.StartUpException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** A chain of nine events under one key (1 to 3), another (4 to 6) and a third (7 to 9). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyRotationTest extends RunningService {

  private static final String FIRST = "first-secret-of-the-tests";
  private static final String SECOND = "second-secret-of-the-tests";
  private static final String THIRD = "third-secret-of-the-tests";
  private static final String NO_TRIGGERS =
      "alter table audit_event disable trigger all; alter table audit_chain disable trigger all;";

  @Autowired private DataSource service;
  private ScratchAudit scratch;

  @BeforeAll
  void threeKeys() throws SQLException {
    scratch = new ScratchAudit(service);
    keep(scratch.replica(FIRST));
    keep(scratch.replica(SECOND, FIRST));
    keep(scratch.replica(THIRD, SECOND, FIRST));
  }

  @AfterAll
  void drop() throws InterruptedException {
    scratch.drop();
  }

  @Test
  void withAllKeysAllFits() throws SQLException {
    AuditVerifier.Result result = scratch.verify(THIRD, SECOND, FIRST);

    assertThat(result.findings()).isEmpty();
    assertThat(result.unchecked()).isEmpty();
    assertThat(result.events()).isEqualTo(9);
  }

  @Test
  void aMissingKeyIsNamedAndTheRestIsChecked() throws SQLException {
    AuditVerifier.Result result = scratch.verify(THIRD, SECOND);

    assertThat(result.findings()).isEmpty();
    assertThat(result.unchecked())
        .containsExactly(
            "Not checked: the events 1 to 3, for want of the key %s (carepathway.audit.former-keys)."
                .formatted(AuditKey.of(FIRST).id()));
    assertThat(scratch.verify(THIRD, SECOND, "lost:" + AuditKey.of(FIRST).id()).unchecked())
        .isEqualTo(result.unchecked());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | update audit_event set who = 'x' where id = {2} | Changed or moved",
        "5 | update audit_event set who = 'x' where id = {5} | Changed or moved",
        "3 | delete from audit_event where id = {3} | Deleted",
        "4 | delete from audit_event where id = {4} | Deleted",
        "4 | delete from audit_event where id = {4}; delete from audit_chain where position = 4 |"
            + " Missing",
        "4 | update audit_chain set position = 0 where position = 3; update audit_chain set"
            + " position = 3 where position = 4; update audit_chain set position = 4 where position"
            + " = 0 | Changed or moved",
        "4 | update audit_chain set position = 0 where position = 3; update audit_chain set"
            + " position = 3 where position = 4; update audit_chain set position = 4 where position"
            + " = 0 | former key was used again",
        "4 | update audit_chain set key_id = '' where position = 4 | former key was used again"
      })
  void tamperingAcrossARotationIsFound(long near, String tampering, String finding)
      throws SQLException {
    String statement = tampering;
    for (int position = 2; position <= 5; position++) {
      statement = statement.replace("{" + position + "}", "'" + event(position) + "'::uuid");
    }
    assertThat(verifyAfter(statement).findings())
        .anyMatch(found -> found.contains(finding) && found.contains(String.valueOf(near)));
  }

  /** Who has got hold of a former secret writes the newest events anew with it. */
  @Test
  void aChainThatEndsWithAFormerKeyIsFound() throws SQLException {
    assertThat(
            verifyAfter(
                    "with cut as (delete from audit_chain where position > 6 returning event_id)"
                        + " delete from audit_event where id in (select event_id from cut)")
                .findings())
        .anyMatch(found -> found.contains("ends with the former key " + AuditKey.of(SECOND).id()));
  }

  @Test
  void aServiceThatDoesNotKnowTheKeyOfTheEndDoesNotStart() {
    assertThatThrownBy(() -> scratch.replica("fourth-secret-of-the-tests"))
        .isInstanceOf(StartUpException.class)
        .hasMessageContaining(AuditKey.of(THIRD).id())
        .extracting(refusal -> ((StartUpException) refusal).remedy())
        .asString()
        .contains("CAREPATHWAY_AUDIT_FORMERKEYS", "lost:" + AuditKey.of(THIRD).id());
  }

  /**
   * While replicas are replaced one by one, the one with the former key leaves linking to others.
   */
  @Test
  void aReplicaWithTheFormerKeyKeepsItsEventsAndTheOtherLinksThem() throws Exception {
    ScratchAudit rolling = new ScratchAudit(service);
    try {
      Audit old = rolling.replica(FIRST);
      keep(old);
      Audit fresh = rolling.replica(SECOND, FIRST);
      keep(fresh);

      keep(old);

      assertThat(rolling.verify(SECOND, FIRST).events()).isEqualTo(6);
      keep(fresh);
      AuditVerifier.Result result = rolling.verify(SECOND, FIRST);
      assertThat(result.findings()).isEmpty();
      assertThat(result.events()).isEqualTo(12);
    } finally {
      rolling.drop();
    }
  }

  /** Tampers as one who owns the database could, verifies, and takes it back. */
  private AuditVerifier.Result verifyAfter(String tampering) throws SQLException {
    try (Connection connection = scratch.connection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute(NO_TRIGGERS + tampering);
      }
      AuditVerifier.Result result =
          new AuditVerifier(connection, ScratchAudit.keys(THIRD, SECOND, FIRST))
              .verify(Optional.empty());
      connection.rollback();
      return result;
    }
  }

  private static void keep(Audit audit) {
    IntStream.range(0, 3).forEach(n -> audit.keepSoon(ScratchAudit.read("nurse-" + n)));
    audit.flush();
  }

  private String event(int position) {
    return scratch
        .jdbc()
        .queryForObject(
            "select event_id from audit_chain where position = ?", String.class, position);
  }
}
