package org.carepathway.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.carepathway.RunningService;
import org.carepathway.endtoend.FhirClient;
import org.carepathway.fuzz.RawDoor.Answer;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;

/**
 * Requests that are nearly right, for a minute: none is answered by a fault of ours, none takes
 * long, none tells of the inside, and the memory does not grow. {@code ./mvnw -Pfuzz test
 * -Dfuzz.seconds=3600 -Dfuzz.seed=7} for longer, from another seed; what was found is in {@code
 * target/fuzz}.
 */
class FuzzTest extends RunningService {

  private static final Duration USUAL = Duration.ofSeconds(60);

  /** So many in the usual time, so that a fast machine sends what a slow one does. */
  private static final int USUAL_REQUESTS = 5_000;

  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final long MEGABYTE = 1 << 20;

  /** Caches fill at first; they are bounded. */
  private static final int WARM = 1_000;

  private static final long GROWTH = 250;

  private static final Pattern INSIDE =
      Pattern.compile("hfj_|work_item|java\\.\\w+\\.|org\\.hibernate|PSQLException|\\tat |SQL \\[");

  /** The first has no body, and the container answers the other. */
  private static final Set<String> NOT_OURS = Set.of("HEAD", "TRACE");

  private static final Path FOUND = Path.of("target/fuzz");

  private final Map<String, Integer> kinds = new TreeMap<>();
  private final Map<Integer, Integer> statuses = new TreeMap<>();

  @Test
  void nothingBreaksTheDoor() throws Exception {
    Duration time = Duration.ofSeconds(Long.getLong("fuzz.seconds", USUAL.toSeconds()));
    long seed = Long.getLong("fuzz.seed", 17);
    Requests requests = requests(new Random(seed));
    RawDoor door = new RawDoor(port());
    Instant begin = Instant.now();
    long before = 0;
    long longest = 0;
    int sent = 0;
    int most = time.equals(USUAL) ? USUAL_REQUESTS : Integer.MAX_VALUE;
    while (sent < most && Duration.between(begin, Instant.now()).compareTo(time) < 0) {
      Request request = requests.next();
      Answer answer = door.send(request);
      statuses.merge(answer.status(), 1, Integer::sum);
      longest = Math.max(longest, answer.time().toMillis());
      judge(request, answer);
      sent++;
      if (sent == WARM) {
        before = used();
      }
    }
    long growth = used() - before;
    System.out.printf(
        "%d requests of seed %d in %d s, the longest %d ms, growth of the heap %d MB, answers %s%n",
        sent, seed, time.toSeconds(), longest, growth, statuses);
    assertThat(kinds).as("what is wrong; the requests are in " + FOUND).isEmpty();
    assertThat(sent).isGreaterThan(WARM);
    assertThat(growth).as("MB of the heap").isLessThan(GROWTH);
    assertThat(statuses.getOrDefault(201, 0) + statuses.getOrDefault(200, 0)).isPositive();
  }

  private Requests requests(Random random) throws Exception {
    FhirClient fhir = new FhirClient(port());
    String patient = fhir.sendPatient("klein-genevie.json");
    Task task = fhir.openTasks(fhir.refer(patient).getIdElement().getIdPart()).get(0);
    return new Requests(
        random,
        Seeds.read(),
        "Patient/" + patient,
        List.of(
            "Task/" + task.getIdElement().getIdPart(),
            task.getBasedOnFirstRep().getReference(),
            task.getFocus().getReference()));
  }

  private void judge(Request request, Answer answer) throws IOException {
    if (answer.status() == 0) {
      found("no answer", request, answer);
    } else if (answer.status() >= 500 && answer.status() != 501) {
      found("status " + answer.status(), request, answer);
    }
    if (answer.time().compareTo(LONGEST) > 0) {
      found("too slow", request, answer);
    }
    if (answer.status() >= 400
        && !NOT_OURS.contains(request.method())
        && !answer.body().contains("OperationOutcome")) {
      found("no OperationOutcome with " + answer.status(), request, answer);
    }
    String sent =
        URLDecoder.decode(request.toString().replaceAll("%(?![0-9a-fA-F]{2})", ""), UTF_8);
    if (answer.status() >= 400
        && INSIDE.matcher(answer.body()).results().anyMatch(told -> !sent.contains(told.group()))) {
      found("tells of the inside", request, answer);
    }
  }

  private void found(String kind, Request request, Answer answer) throws IOException {
    String name = kind + ": " + request.method() + ' ' + shape(request.path());
    if (kinds.merge(name, 1, Integer::sum) == 1) {
      Files.createDirectories(FOUND);
      Files.writeString(
          FOUND.resolve(name.replaceAll("\\W+", "-") + ".txt"),
          request + "\n\n----\n" + answer.head() + "\n\n" + answer.body() + "\n" + answer.time());
    }
  }

  private static String shape(String path) {
    return path.replaceAll("[?].*", "?").replaceAll("[0-9a-f-]{36}|fuzz-\\d+", "*");
  }

  /** Megabytes of the heap after it was collected. */
  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE;
  }
}
