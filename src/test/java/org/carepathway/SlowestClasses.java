package org.carepathway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Prints at the end of a run which ten test classes took longest, from what surefire reported. */
public final class SlowestClasses {

  private static final int SHOWN = 10;
  private static final Pattern SUITE =
      Pattern.compile("<testsuite [^>]*\\bname=\"([^\"]+)\" time=\"([0-9.,]+)\"");

  private SlowestClasses() {}

  public static void main(String[] reports) throws IOException {
    List<Matcher> suites;
    try (Stream<Path> files = Files.list(Path.of(reports[0]))) {
      suites =
          files
              .filter(file -> file.toString().endsWith(".xml"))
              .map(SlowestClasses::suite)
              .filter(Matcher::find)
              .sorted(Comparator.comparingDouble(SlowestClasses::seconds).reversed())
              .toList();
    }
    System.out.printf("The slowest of %d test classes, each as last run:%n", suites.size());
    suites.stream()
        .limit(SHOWN)
        .forEach(suite -> System.out.printf("%6.0f s  %s%n", seconds(suite), suite.group(1)));
  }

  private static Matcher suite(Path file) {
    try {
      return SUITE.matcher(Files.readString(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static double seconds(Matcher suite) {
    return Double.parseDouble(suite.group(2).replace(",", ""));
  }
}
