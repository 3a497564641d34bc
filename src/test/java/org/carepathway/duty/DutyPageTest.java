package org.carepathway.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carepathway.RunningService;
import org.carepathway.security.Caller;
import org.carepathway.security.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What is done by hand is on the page of whose it is, and ticked off once. */
class DutyPageTest extends RunningService {

  @Autowired private Duties duties;
  @Autowired private TransactionTemplate transaction;
  @Autowired private JdbcTemplate jdbc;

  private final String about = "test/" + UUID.randomUUID();

  @AfterEach
  void forget() {
    jdbc.update("delete from duty where about = ?", about);
  }

  @Test
  void whoseItIsSeesItAndTicksItOffOnce() throws Exception {
    ask();
    ask();
    UUID id = jdbc.queryForObject("select id from duty where about = ?", UUID.class, about);
    Caller scheduler = new Caller(port(), "scheduler").signIn();
    Caller nurse = new Caller(port(), "nurse").signIn();
    assertThat(scheduler.page("/duties").body()).contains("duty-" + id, "Angio 1 &lt;b&gt;");
    assertThat(nurse.page("/duties").body()).doesNotContain("duty-" + id);
    nurse.post("/duties/" + id + "/done", Map.of());
    assertThat(open()).as("not the nurse's").isEqualTo(1);

    assertThat(scheduler.post("/duties/" + id + "/done", Map.of()).statusCode()).isEqualTo(302);
    assertThat(open()).isZero();
    assertThat(jdbc.queryForObject("select settled_by from duty where id = ?", String.class, id))
        .isEqualTo("scheduler");
    scheduler.post("/duties/" + id + "/done", Map.of());
    assertThat(scheduler.page("/duties").body()).doesNotContain("duty-" + id);
  }

  @Test
  void whatIsLateStandsInTheHeadOfEveryPageOfWhoseItIs() throws Exception {
    Caller scheduler = new Caller(port(), "scheduler").signIn();
    Caller nurse = new Caller(port(), "nurse").signIn();
    int before = late(scheduler);
    int ofNurse = late(nurse);
    ask();
    assertThat(late(scheduler)).as("due in a working day").isEqualTo(before);
    jdbc.update("update duty set due_at = now() - interval '20 years' where about = ?", about);
    assertThat(late(scheduler)).isEqualTo(before + 1);
    assertThat(scheduler.page("/worklist").body()).contains("hx-get=\"/duties/late\"");
    assertThat(late(nurse)).as("not the nurse's").isEqualTo(ofNurse);
  }

  private static int late(Caller caller) throws Exception {
    Matcher number =
        Pattern.compile("(\\d+) by hand (?:is|are) late")
            .matcher(caller.page("/duties/late").body());
    return number.find() ? Integer.parseInt(number.group(1)) : 0;
  }

  @Test
  void whatIsAskedOnceIsNotAskedAgainWhenItIsDone() {
    transaction.executeWithoutResult(
        status -> duties.askOnce(DutyKind.PLACE, about, Role.SCHEDULER, "A?"));
    transaction.executeWithoutResult(status -> duties.settle(DutyKind.PLACE, about));
    transaction.executeWithoutResult(
        status -> duties.askOnce(DutyKind.PLACE, about, Role.SCHEDULER, "A?"));
    assertThat(open()).isZero();
  }

  private int open() {
    return jdbc.queryForObject(
        "select count(*) from duty where about = ? and settled_at is null", Integer.class, about);
  }

  private void ask() {
    transaction.executeWithoutResult(
        status ->
            duties.ask(DutyKind.BOOKING, about, Role.SCHEDULER, null, null, "Angio 1 <b>, Repair"));
  }
}
