package org.carepathway.security;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * SMART App Launch 2 scopes such as {@code user/Observation.cruds}: what a token may be used for,
 * at most. Scopes of version 1 ({@code .read}) and with a search ({@code ?category=...}) are not
 * known and so allow nothing.
 *
 * @see <a href="https://hl7.org/fhir/smart-app-launch/STU2/scopes-and-launch-context.html">SMART
 *     2</a>
 */
record SmartScopes(Set<Scope> all) implements Serializable {

  private static final Pattern SYNTAX =
      Pattern.compile("(patient|user|system)/(\\*|[A-Z][A-Za-z]+)\\.(c?r?u?d?s?)");

  static SmartScopes of(String scope) {
    return new SmartScopes(
        Arrays.stream(scope.split("\\s+"))
            .flatMap(one -> Scope.of(one).stream())
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** As a token has them. */
  String text() {
    return all.stream()
        .map(scope -> "%s/%s.%s".formatted(scope.context(), scope.type(), scope.letters()))
        .sorted()
        .collect(Collectors.joining(" "));
  }

  /** Whether some scope allows it, for some patients at least. */
  boolean allow(Action action, String type) {
    return all.stream().anyMatch(scope -> scope.allows(action, type));
  }

  /** Whether it is allowed for one patient only: the one that the app was opened for. */
  boolean isForOnePatient(Action action, String type) {
    return all.stream()
        .filter(scope -> scope.allows(action, type))
        .allMatch(scope -> scope.context().equals("patient"));
  }

  private record Scope(String context, String type, String letters) implements Serializable {

    static Optional<Scope> of(String text) {
      Matcher parts = SYNTAX.matcher(text);
      return parts.matches() && !parts.group(3).isEmpty()
          ? Optional.of(new Scope(parts.group(1), parts.group(2), parts.group(3)))
          : Optional.empty();
    }

    boolean allows(Action action, String wanted) {
      return (type.equals("*") || type.equals(wanted)) && letters.indexOf(action.letter()) >= 0;
    }
  }
}
