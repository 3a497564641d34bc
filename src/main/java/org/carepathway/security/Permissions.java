package org.carepathway.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Who may do what: the table {@code permissions.txt}. What it does not name is denied to everybody.
 */
@Component
public class Permissions {

  static final String FILE = "permissions.txt";

  /** Stands for every search parameter that the store indexes of a type. */
  static final String INDEXED = "*";

  private static final String NOTHING = "-";

  private final Map<Subject, Map<Role, String>> cells = new LinkedHashMap<>();
  private final Map<Subject, Set<String>> parameters = new LinkedHashMap<>();

  Permissions() {
    this(text());
  }

  Permissions(String table) {
    List<String[]> rows =
        table
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> line.trim().split("\\s+"))
            .toList();
    List<Role> columns =
        Arrays.stream(rows.get(0)).skip(2).map(code -> Role.ofCode(code).orElseThrow()).toList();
    rows.stream().skip(1).forEach(row -> read(row, columns));
  }

  /** What the table speaks of: the pages, resource types, operations, steps or other actions. */
  public Set<Subject> subjects(Kind kind) {
    Set<Subject> found = new HashSet<>(cells.keySet());
    found.removeIf(subject -> subject.kind() != kind);
    return found;
  }

  public boolean allow(Collection<Role> roles, Action action, Kind kind, String name) {
    Map<Role, String> row = cells.getOrDefault(new Subject(kind, name), Map.of());
    return roles.stream()
        .anyMatch(role -> row.getOrDefault(role, NOTHING).indexOf(action.letter()) >= 0);
  }

  /** Whether the roles may search a type by a parameter, given without modifier and chain. */
  boolean allowParameter(Collection<Role> roles, String type, String parameter) {
    return parameters.entrySet().stream()
        .filter(entry -> List.of("*", type).contains(typeOf(entry.getKey())))
        .filter(entry -> entry.getValue().contains(parameter))
        .anyMatch(entry -> allow(roles, Action.USE, Kind.PARAMETERS, entry.getKey().name()));
  }

  /** By what the roles may search a type, in the order of the alphabet. */
  Set<String> parameters(Collection<Role> roles, String type) {
    Set<String> found = new TreeSet<>();
    parameters.forEach(
        (row, names) -> {
          if (List.of("*", type).contains(typeOf(row))
              && allow(roles, Action.USE, Kind.PARAMETERS, row.name())) {
            found.addAll(names);
          }
        });
    return found;
  }

  private void read(String[] row, List<Role> columns) {
    if (row.length != columns.size() + 2) {
      throw new IllegalStateException(
          FILE + ": the row '" + String.join(" ", row) + "' has not one cell a role");
    }
    Subject subject = new Subject(Kind.valueOf(row[0].toUpperCase(Locale.ROOT)), row[1]);
    Map<Role, String> line = new EnumMap<>(Role.class);
    for (int i = 0; i < columns.size(); i++) {
      line.put(columns.get(i), row[i + 2]);
    }
    if (cells.put(subject, line) != null) {
      throw new IllegalStateException(FILE + " has two rows " + subject);
    }
    if (subject.kind() == Kind.PARAMETERS) {
      String[] parts = row[1].split("\\?");
      parameters.put(subject, Set.of(parts[1].split(",")));
    }
  }

  private static String typeOf(Subject parameters) {
    return parameters.name().substring(0, parameters.name().indexOf('?'));
  }

  private static String text() {
    try {
      return new ClassPathResource(FILE).getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The kinds of rows. */
  public enum Kind {
    PAGE,
    API,
    RESOURCE,
    OPERATION,
    PARAMETERS,
    STEP,
    ACTION
  }

  /**
   * @param name e.g. a resource type
   */
  public record Subject(Kind kind, String name) {}
}
