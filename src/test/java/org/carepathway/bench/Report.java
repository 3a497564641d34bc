package org.carepathway.bench;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** Prints what was measured, as Markdown. */
record Report(PrintStream out) {
  private static final int ALL_CASES = 3;

  void machine(JdbcTemplate jdbc, int pathways, int rounds, int workers, int warmUp)
      throws Exception {
    String processor =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 2))
            .findFirst()
            .orElse("unknown");
    print("\n## Run");
    print(
        "- machine: %d cores, %s; load average at the start %.1f",
        Runtime.getRuntime().availableProcessors(),
        processor,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    print(
        "- JVM: %s %s, heap at most %d MB, flags %s",
        System.getProperty("java.vm.name"),
        System.getProperty("java.version"),
        Runtime.getRuntime().maxMemory() >> 20,
        ManagementFactory.getRuntimeMXBean().getInputArguments());
    print(
        "- PostgreSQL %s, fsync %s, synchronous_commit %s",
        jdbc.queryForObject("show server_version", String.class),
        jdbc.queryForObject("show fsync", String.class),
        jdbc.queryForObject("show synchronous_commit", String.class));
    print(
        "- %d rounds of %d pathways a case, %d at a time, after %d s of warm-up",
        rounds, pathways, workers, warmUp);
    volume(jdbc);
  }

  void volume(JdbcTemplate jdbc) {
    print(
        "- data now: %d pathways, %d FHIR resources in %d versions, database of %d MB",
        count(jdbc, "pathway"),
        count(jdbc, "hfj_resource"),
        count(jdbc, "hfj_res_ver"),
        jdbc.queryForObject("select pg_database_size(current_database()) >> 20", Long.class));
  }

  void pathway(int tasks, int transactions, int writes, int statements) {
    print(
        "- one pathway: %d tasks done, %d transactions, %d resource versions written,"
            + " %d SQL statements",
        tasks, transactions, writes, statements);
    print("");
  }

  void round(int round, String name, Measurement measured) {
    print(
        "round %d  %-18s %6.2f pathways/s  %7.1f CPU-ms/pathway",
        round, name, measured.rate(), measured.millis());
  }

  void cases(Map<String, Measurement> cases) {
    print("\n| case | pathways/s | CPU-ms: process | PostgreSQL | sum |");
    print("| --- | ---: | ---: | ---: | ---: |");
    cases.forEach(
        (name, measured) ->
            print(
                "| %s | %.2f | %.1f | %.1f | %.1f |",
                name,
                measured.rate(),
                measured.processMillis(),
                measured.postgresMillis(),
                measured.millis()));
    if (cases.size() == ALL_CASES) {
      Iterator<Measurement> sums = cases.values().iterator();
      double whole = sums.next().millis();
      double parts = sums.next().millis() + sums.next().millis();
      print("\na / (b + c) = %.2f in CPU time", whole / parts);
    }
  }

  void overhead(Measurement with, Measurement without) {
    print("\n| | CPU-ms: process | PostgreSQL | sum |");
    print("| --- | ---: | ---: | ---: |");
    row("with access control and audit", with);
    row("without", without);
    print(
        "\naccess control and audit: %.1f CPU-ms a pathway, %+.1f %%",
        with.millis() - without.millis(), 100 * (with.millis() / without.millis() - 1));
  }

  private void row(String name, Measurement measured) {
    print(
        "| %s | %.1f | %.1f | %.1f |",
        name, measured.processMillis(), measured.postgresMillis(), measured.millis());
  }

  void completions(List<Long> nanos) {
    List<Double> millis = nanos.stream().map(one -> one / 1e6).sorted().toList();
    print(
        "completing one task at full load, n = %d: p50 %.1f ms, p99 %.1f ms",
        millis.size(), at(millis, 0.5), at(millis, 0.99));
  }

  void worklist(WorklistPage page) {
    long open = page.open();
    List<Double> one = page.ofOneRole();
    List<Double> all = page.ofAllRoles();
    print(
        "worklist page of 50 out of %d open tasks: one role p50 %.2f ms, p95 %.2f ms;"
            + " all roles p50 %.2f ms, p95 %.2f ms",
        open, at(one, 0.5), at(one, 0.95), at(all, 0.5), at(all, 0.95));
  }

  private static double at(List<Double> sorted, double part) {
    return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(sorted.size() * part)));
  }

  private static long count(JdbcTemplate jdbc, String table) {
    return jdbc.queryForObject("select count(*) from " + table, Long.class);
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
