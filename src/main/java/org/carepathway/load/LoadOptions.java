package org.carepathway.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the command was asked for.
 *
 * @param files files, and folders whose {@code *.json}, {@code *.ndjson} and {@code *.jsonl} are
 *     meant
 * @param service address of the service, such as {@code http://localhost:8080/fhir}
 * @param authorization header that signs in
 * @param source whose numbers the ids are, as a URI; null where all of them are UUIDs
 * @param without resource types that are left out
 * @param connections how many parts are sent at the same time
 * @param entries most entries of a part
 * @param bytes most bytes of a part, less than the service takes as a body
 * @param journal what was stored
 * @param refused what was not
 */
record LoadOptions(
    List<Path> files,
    String service,
    String authorization,
    String source,
    Set<String> without,
    int connections,
    int entries,
    int bytes,
    Path journal,
    Path refused) {

  static final String PASSWORD = "CAREPATHWAY_LOAD_PASSWORD";
  static final String TOKEN = "CAREPATHWAY_LOAD_TOKEN";

  private static final String USAGE =
      """
      load FILES|FOLDERS [--to=http://localhost:8080/fhir] [--user=NAME] [--source=URI] [--without=TYPE,TYPE]
           [--connections=2] [--part=100] [--part-kb=1000] [--journal=load-journal.tsv] [--refused=load-refused.tsv]
      The password of NAME is in the environment variable CAREPATHWAY_LOAD_PASSWORD; without a NAME
      a token is in CAREPATHWAY_LOAD_TOKEN.""";

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "to", "http://localhost:8080/fhir",
          "user", "",
          "source", "",
          "without", "",
          "connections", "2",
          "part", "100",
          "part-kb", "1000",
          "journal", "load-journal.tsv",
          "refused", "load-refused.tsv");

  static LoadOptions of(String[] arguments, Map<String, String> environment) {
    Map<String, String> named = new HashMap<>(DEFAULTS);
    List<Path> files = new ArrayList<>();
    for (String argument : Arrays.copyOfRange(arguments, 1, arguments.length)) {
      if (!argument.startsWith("--")) {
        files.add(Path.of(argument));
      } else if (!argument.contains("=") || !DEFAULTS.containsKey(name(argument))) {
        throw new LoadStopped("There is no option %s.%n%s".formatted(argument, USAGE));
      } else {
        named.put(name(argument), argument.substring(argument.indexOf('=') + 1));
      }
    }
    if (files.isEmpty()) {
      throw new LoadStopped("Name the files.\n" + USAGE);
    }
    return new LoadOptions(
        files,
        named.get("to").replaceFirst("/$", ""),
        authorization(named.get("user"), environment),
        named.get("source").isBlank() ? null : named.get("source"),
        Set.of(named.get("without").split(",")),
        number(named, "connections"),
        number(named, "part"),
        number(named, "part-kb") * 1024,
        Path.of(named.get("journal")),
        Path.of(named.get("refused")));
  }

  private static String name(String argument) {
    return argument.substring(2, argument.indexOf('='));
  }

  private static int number(Map<String, String> named, String name) {
    String text = named.get(name);
    if (!text.matches("[1-9]\\d{0,5}")) {
      throw new LoadStopped("--%s is a number from 1, not '%s'.".formatted(name, text));
    }
    return Integer.parseInt(text);
  }

  private static String authorization(String user, Map<String, String> environment) {
    String secret = environment.get(user.isBlank() ? TOKEN : PASSWORD);
    if (secret == null || secret.isBlank()) {
      throw new LoadStopped("Say who sends it.\n" + USAGE);
    }
    return user.isBlank() ? "Bearer " + secret : ServiceDoor.basic(user, secret);
  }
}
