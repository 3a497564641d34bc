package org.carepathway.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.carepathway.clock.ServiceClock;
import org.carepathway.endtoend.PathwayTimers;
import org.carepathway.scenario.Scenario;
import org.carepathway.scenario.Scenario.Answer;
import org.carepathway.scenario.Scenario.Wait;
import org.carepathway.scenario.ScenarioPlayer;
import org.carepathway.scenario.Scenarios;
import org.carepathway.worklist.WorkItem;
import org.carepathway.worklist.Worklist;
import org.springframework.jdbc.core.JdbcTemplate;

/** A patient who has agreed to be written to, on the way to the contacts of follow-up. */
public final class AskedPatient {

  private static final Path COURSE = Path.of("bpmn/vertebroplasty/scenarios/happy-path.yaml");
  private static final Pattern LINK = Pattern.compile("/link/([A-Za-z0-9_-]+)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final UUID pathway;
  private final ScenarioPlayer player;
  private final Worklist worklist;
  private final ServiceClock clock;
  private final PathwayTimers timers;
  private List<String> hours = List.of();

  public AskedPatient(
      UUID pathway,
      ScenarioPlayer player,
      Worklist worklist,
      ServiceClock clock,
      JdbcTemplate jdbc) {
    this.timers = new PathwayTimers(pathway, jdbc, clock);
    this.pathway = pathway;
    this.player = player;
    this.worklist = worklist;
    this.clock = clock;
  }

  /** In which hours the patient wants to be called and written to. */
  public void wanting(List<String> named) {
    hours = named;
  }

  /**
   * Does all that comes before a contact; then it is a morning on which patients are written to.
   */
  public WorkItem travelTo(String contact, List<String> channels) throws Exception {
    Scenario course = Scenarios.parse(Files.readString(COURSE));
    for (Scenario.Step step : course.steps()) {
      if (step instanceof Wait wait) {
        Duration time = Duration.between(now(), now().plus(wait.time()));
        if (isClose(contact)) {
          // So that the window begins when it does, and not when somebody looks.
          timers.until(() -> isOpen(contact), time);
        } else {
          pass(time);
        }
      } else if (step instanceof Answer answer) {
        WorkItem item = open(answer.task());
        if (answer.task().equals(contact)) {
          return item;
        }
        player.play(pathway, agreed(answer, channels));
      }
    }
    throw new IllegalArgumentException("the course has no " + contact);
  }

  /** Does the open task of a step as the course says. */
  public void playFromTheCourse(String task, List<String> channels) throws Exception {
    Scenarios.parse(Files.readString(COURSE)).steps().stream()
        .filter(Answer.class::isInstance)
        .map(Answer.class::cast)
        .filter(answer -> answer.task().equals(task))
        .forEach(answer -> player.play(pathway, agreed(answer, channels)));
  }

  /** Whether all contacts before it are over. */
  private boolean isClose(String contact) {
    return contact.equals("ContactAt2Weeks")
        && worklist.ofPathway(pathway).stream()
            .anyMatch(item -> !item.isOpen() && item.element().equals("ContactAt48Hours"));
  }

  private boolean isOpen(String element) {
    return worklist.ofPathway(pathway).stream()
        .anyMatch(item -> item.isOpen() && item.element().equals(element));
  }

  /** By what the patient is reminded and asked. */
  private Answer agreed(Answer given, List<String> channels) {
    Map<String, Object> answers = new HashMap<>(given.answers());
    switch (given.task()) {
      case "Discharge" -> {
        answers.put("contact-by", channels);
        answers.put("contact-hours", hours);
      }
      case "BookProcedure" -> answers.put("reminder", "reminder-" + channels.get(0));
      default -> {
        return given;
      }
    }
    return new Answer(given.task(), answers, given.confirm(), given.refused());
  }

  /** The open task of a step, once it has come up. */
  public WorkItem open(String element) {
    timers.until(() -> isOpen(element));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(worklist.ofPathway(pathway))
                    .anyMatch(item -> item.isOpen() && item.element().equals(element)));
    return worklist.ofPathway(pathway).stream()
        .filter(item -> item.isOpen() && item.element().equals(element))
        .findFirst()
        .orElseThrow();
  }

  public void pass(Duration time) {
    clock.advance(time);
  }

  /** Until patients are written to. */
  public void toTheMorning() {
    LocalTime now = now().toLocalTime();
    if (now.isBefore(LocalTime.of(9, 0)) || !now.isBefore(LocalTime.of(20, 0))) {
      ZonedDateTime morning = now().with(LocalTime.of(9, 5));
      pass(Duration.between(now(), morning.isAfter(now()) ? morning : morning.plusDays(1)));
    }
  }

  private ZonedDateTime now() {
    return ZonedDateTime.now(clock);
  }

  /** The token of the first message about a task, once it is shown. */
  public static String token(ShownCarrier shown, JdbcTemplate jdbc, UUID task) {
    return token(shown, jdbc, task.toString());
  }

  /**
   * @param matter id of the Task, or of the Appointment with its start
   */
  public static String token(ShownCarrier shown, JdbcTemplate jdbc, String matter) {
    await().atMost(PATIENCE).until(() -> about(shown, jdbc, matter).isPresent());
    Matcher link = LINK.matcher(about(shown, jdbc, matter).orElseThrow().text());
    assertThat(link.find()).as("a link in the message").isTrue();
    return link.group(1);
  }

  private static Optional<Outgoing> about(ShownCarrier shown, JdbcTemplate jdbc, String matter) {
    List<UUID> messages =
        jdbc.queryForList("select id from outreach_message where about = ?", UUID.class, matter);
    return shown.shown().stream().filter(each -> messages.contains(each.id())).findFirst();
  }
}
