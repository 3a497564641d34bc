package org.carepathway.bench;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.parser.GenericModelClassFactory;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.carepathway.CarePathwayApplication;
import org.carepathway.inbox.Inbox;
import org.carepathway.mllp.MllpClient;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How many results of a laboratory a second the port of HL7 v2 keeps and acknowledges, each sender
 * waiting for its answer; beside a bare parse and insert of the same in turn. See
 * docs/benchmark.md.
 */
public final class FeedBenchmark {

  private static final int MESSAGES = Integer.getInteger("bench.messages", 5_000);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
  private static final int SENDERS = Integer.getInteger("bench.workers", 8);
  private static final String FEED = "bench";
  private static final int PATIENTS = 500;

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private FeedBenchmark() {}

  /** One of the ways to take a message. */
  private interface Way {
    void take(String message) throws Exception;
  }

  private record Result(double seconds, ProcessorTime cpu, List<Double> millis) {

    void print(String name) {
      System.out.printf(
          "%-34s %7.0f messages/s  %5.2f CPU-ms (process %.2f, PostgreSQL %.2f)  p50 %.1f ms  p99 %.1f ms%n",
          name,
          MESSAGES / seconds,
          (cpu.process() + cpu.postgres()) / MESSAGES,
          cpu.process() / MESSAGES,
          cpu.postgres() / MESSAGES,
          millis.get(millis.size() / 2),
          millis.get(millis.size() * 99 / 100));
    }
  }

  public static void main(String[] arguments) throws Exception {
    Path data = Path.of("target/bench-feed-" + UUID.randomUUID());
    int port = freePort();
    try (ConfigurableApplicationContext service =
        new SpringApplicationBuilder(CarePathwayApplication.class)
            .profiles("demo")
            .run(
                "--server.port=0",
                "--carepathway.database.directory=" + data,
                "--carepathway.demo.cohort=false",
                "--carepathway.hl7.feeds." + FEED + ".port=" + port)) {
      JdbcTemplate jdbc = service.getBean(JdbcTemplate.class);
      long postmaster = postmaster(data);
      Inbox inbox = service.getBean(Inbox.class);
      jdbc.execute(
          "create table bench_bare (id bigserial primary key, control_id text, content bytea)");
      PipeParser parser = parser();
      Way bare = message -> parseAndInsert(parser, jdbc, message);
      System.out.printf(
          "%d senders, each waiting for its answer; %d messages a round; load average %.1f%n",
          SENDERS,
          MESSAGES,
          java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
      inbox.pause(FEED, "benchmark");
      measure(postmaster, () -> bare);
      measure(postmaster, () -> sender(port));
      for (int round = 1; round <= ROUNDS; round++) {
        measure(postmaster, () -> bare).print(round + " bare parse and insert");
        measure(postmaster, () -> sender(port)).print(round + " port, kept and acknowledged");
      }
      long begin = System.nanoTime();
      inbox.resume(FEED);
      int kept = (ROUNDS + 1) * MESSAGES;
      while (jdbc.queryForObject(
              "select count(*) from inbox_message where state = 'new'", Long.class)
          > 0) {
        Thread.sleep(100);
      }
      System.out.printf(
          "handled then, all of patients who are not known: %.0f messages/s%n",
          kept / ((System.nanoTime() - begin) / 1e9));
      measure(postmaster, () -> sender(port)).print("port, while they are handled too");
    }
    System.exit(0);
  }

  private static Result measure(long postmaster, java.util.concurrent.Callable<Way> ways)
      throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(SENDERS);
    Queue<Double> millis = new ConcurrentLinkedQueue<>();
    ProcessorTime before = ProcessorTime.now(postmaster);
    long begin = System.nanoTime();
    List<? extends Future<?>> all =
        IntStream.range(0, SENDERS)
            .mapToObj(
                n ->
                    pool.submit(
                        () -> {
                          Way way = ways.call();
                          for (int i = n; i < MESSAGES; i += SENDERS) {
                            String message = message(NUMBERS.incrementAndGet());
                            long sent = System.nanoTime();
                            way.take(message);
                            millis.add((System.nanoTime() - sent) / 1e6);
                          }
                          return null;
                        }))
            .toList();
    for (Future<?> one : all) {
      one.get();
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    pool.shutdown();
    return new Result(
        seconds, ProcessorTime.now(postmaster).since(before), millis.stream().sorted().toList());
  }

  private static Way sender(int port) throws IOException {
    MllpClient client = new MllpClient(port);
    return message -> {
      String answer = client.send(message);
      if (answer == null || !answer.contains("MSA|AA|")) {
        throw new IllegalStateException("refused: " + answer);
      }
    };
  }

  private static void parseAndInsert(PipeParser parser, JdbcTemplate jdbc, String message)
      throws HL7Exception {
    parser.parse(message);
    jdbc.update(
        "insert into bench_bare (control_id, content) values (?, ?)",
        message.substring(0, 80),
        message.getBytes(StandardCharsets.UTF_8));
  }

  private static PipeParser parser() {
    DefaultHapiContext hapi = new DefaultHapiContext();
    hapi.setModelClassFactory(new GenericModelClassFactory());
    hapi.setValidationContext(ValidationContextFactory.noValidation());
    return hapi.getPipeParser();
  }

  /** Three results of a laboratory, about 700 bytes. */
  private static String message(int number) {
    return String.join(
        "\r",
        "MSH|^~\\&|LAB|HOSPITAL|CAREPATHWAY|SPINE|20261129103000+0100||ORU^R01^ORU_R01|B"
            + number
            + "|P|2.5|||||ESP|UNICODE UTF-8",
        "PID|1||BENCH-" + number % PATIENTS + "^^^HOSPITAL^MR||Benchmark^Berta||19481203|F",
        "OBR|1|O"
            + number
            + "^EHR|L"
            + number
            + "^LAB|BLOOD^Blood before the procedure^L|||20261129090000+0100|||||||||||||||"
            + "20261129102900+0100||LAB|F",
        "OBX|1|NM|6301-6^INR^LN||1.0|{INR}^^UCUM|0.8-1.2|N|||F",
        "OBX|2|NM|777-3^Platelets^LN||245|10*9/L^^UCUM|150-400|N|||F",
        "OBX|3|NM|2160-0^Creatinine^LN||0.9|mg/dL^^UCUM|0.5-1.1|N|||F\r");
  }

  private static long postmaster(Path data) throws IOException {
    try (var files = Files.walk(data, 3)) {
      Path pid = files.filter(file -> file.endsWith("postmaster.pid")).findFirst().orElseThrow();
      return Long.parseLong(Files.readAllLines(pid).get(0).strip());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
