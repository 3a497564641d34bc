package org.carepathway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.carepathway.RunningService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The command {@code verify-audit} as people run it: a process of its own. */
class VerifyAuditTest extends RunningService {

  private static final String NO_TRIGGERS =
      "alter table audit_event disable trigger all; alter table audit_chain disable trigger all;";

  @Autowired private DataSource service;
  private ScratchAudit scratch;

  @BeforeEach
  void aHospitalsDatabase() throws SQLException {
    scratch = new ScratchAudit(service);
    Audit audit = scratch.replica();
    IntStream.range(0, 9).forEach(n -> audit.keepSoon(ScratchAudit.read("nurse-" + n)));
    audit.flush();
  }

  @AfterEach
  void drop() throws InterruptedException {
    scratch.drop();
  }

  @Test
  void anUntouchedAuditOfAHospitalFits() throws Exception {
    VerifyCommand ended = ofHospital(ScratchAudit.KEY);

    assertThat(ended.code()).as(ended.said()).isZero();
    assertThat(ended.said()).contains("9 events checked, 0 faults; the chain ends at 9:");
  }

  @Test
  void aChangeADeletionAndASwapAreNamed() throws Exception {
    String changed = event(2);
    String deleted = event(4);
    String swapped = event(6);
    scratch
        .jdbc()
        .execute(
            NO_TRIGGERS
                + "update audit_event set who = 'x' where id = '%s';".formatted(changed)
                + "delete from audit_event where id = '%s';".formatted(deleted)
                // The two links change places.
                + "update audit_chain set position = 0 where position = 6;"
                + "update audit_chain set position = 6 where position = 7;"
                + "update audit_chain set position = 7 where position = 0;");

    VerifyCommand ended = ofHospital(ScratchAudit.KEY);

    assertThat(ended.code()).as(ended.said()).isEqualTo(1);
    assertThat(ended.said())
        .contains("Changed or moved: the event " + changed + " at 2.")
        .contains("Deleted: the event " + deleted + " at 4.")
        .contains("Changed or moved: the event " + swapped + " at 7.");
  }

  @Test
  void withoutAKeyNothingIsChecked() throws Exception {
    VerifyCommand none = ofHospital("");
    assertThat(none.code()).as(none.said()).isEqualTo(2);
    assertThat(none.said()).contains("carepathway.audit.key is not set", "CAREPATHWAY_AUDIT_KEY");
  }

  @Test
  void theDemosBuiltInDatabaseIsCheckedWhileTheServiceRuns() throws Exception {
    VerifyCommand ended = VerifyCommand.run(Map.of(), "--carepathway.database.directory=" + DATA);

    assertThat(ended.code()).as(ended.said()).isZero();
    assertThat(ended.said()).contains("0 faults");
  }

  @Test
  void whatCannotBeReadIsToldWithARemedy() throws Exception {
    VerifyCommand ended =
        VerifyCommand.run(Map.of(), "--carepathway.database.directory=target/no-such-folder");

    assertThat(ended.code()).as(ended.said()).isEqualTo(2);
    assertThat(ended.said()).contains("no built-in database", "spring.datasource.url");
  }

  private String event(int position) {
    return scratch
        .jdbc()
        .queryForObject(
            "select event_id from audit_chain where position = ?", String.class, position);
  }

  private VerifyCommand ofHospital(String key) throws IOException, InterruptedException {
    return VerifyCommand.run(
        Map.of(
            "SPRING_PROFILES_ACTIVE", "production",
            "SPRING_DATASOURCE_URL", scratch.url(),
            "SPRING_DATASOURCE_USERNAME", "postgres",
            "SPRING_DATASOURCE_PASSWORD", "postgres",
            "CAREPATHWAY_AUDIT_KEY", key));
  }
}
