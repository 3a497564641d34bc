package org.carepathway.rehearsal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.carepathway.OwnFolder;
import org.carepathway.outreach.OutreachStage;
import org.carepathway.record.Records;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.util.FileSystemUtils;

/**
 * A year of patients whose contacts and reminders run by themselves: some die, some are silent,
 * some messages do not arrive, appointments move. Prints what became of it, and fails where a rule
 * was broken. {@code -Dyear.patients} says how many, {@code -Dyear.seed} the first number; after
 * {@code -Dyear.minutes} nobody sets out any more.
 */
public final class YearOfPatients {

  /** The rehearsal with messages. */
  @Import({RehearsalConfiguration.class, OutreachStage.Parts.class})
  static class Parts {}

  private YearOfPatients() {}

  public static void main(String[] arguments) throws Exception {
    int patients = Integer.getInteger("year.patients", 20);
    YearFigures figures = new YearFigures();
    live(
        patients,
        Long.getLong("year.seed", 1),
        Duration.ofMinutes(Integer.getInteger("year.minutes", 24 * 60)),
        figures);
    figures.print(System.out);
    System.exit(figures.faults().isEmpty() ? 0 : 1);
  }

  /** Where the print service would look. */
  static Path letters() {
    return OwnFolder.of("year-letters");
  }

  static void live(int patients, long seed, Duration most, YearFigures figures) throws Exception {
    long end = System.nanoTime() + most.toNanos();
    Path data = OwnFolder.of("year");
    FileSystemUtils.deleteRecursively(data);
    try (ConfigurableApplicationContext service =
        Rehearsal.start(
            Parts.class,
            "--carepathway.database.directory=" + data,
            "--carepathway.outreach.shown=false",
            "--carepathway.outreach.address=https://care.example.org",
            "--carepathway.outreach.letters=" + letters(),
            "--carepathway.outreach.staff[0].role=ir-physician",
            "--carepathway.outreach.staff[0].pager=on-call")) {
      Rehearsal stage = Rehearsal.of(service);
      OutreachStage outreach = new OutreachStage(service);
      Records records = service.getBean(Records.class);
      UsualAnswers usual = new UsualAnswers("vertebroplasty");
      AtomicInteger next = new AtomicInteger();
      Runnable worker =
          () -> {
            for (int n = next.getAndIncrement();
                n < patients && System.nanoTime() < end;
                n = next.getAndIncrement()) {
              figures.count(YearFigures.PATIENTS);
              try {
                YearOfOne.travel(stage, outreach, records, usual, figures, seed + n);
              } catch (Exception | AssertionError broken) {
                figures.fault("patient %d: %s".formatted(seed + n, broken));
              }
              if (figures.of(YearFigures.PATIENTS) % 10 == 0) {
                System.out.printf(
                    "%d of %d patients%n", figures.of(YearFigures.PATIENTS), patients);
              }
            }
          };
      // Patients on different threads know nothing of each other.
      List<Thread> threads = List.of(new Thread(worker), new Thread(worker));
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }
}
