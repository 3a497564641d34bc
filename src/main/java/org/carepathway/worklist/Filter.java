package org.carepathway.worklist;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Which open items somebody wants to see. What is null does not matter.
 *
 * @param scope whose
 * @param stage of the pathway, in the words of its content
 * @param role code
 * @param owner sign-in name
 * @param due by when
 * @param priority code of FHIR's request-priority
 * @param site where the patient is treated
 * @param text beginnings of words of name and record number; patient data, so never in an address
 */
public record Filter(
    Scope scope,
    String stage,
    String role,
    String owner,
    Due due,
    String priority,
    String site,
    String text) {

  /** Whose items, seen by who is signed in. */
  public enum Scope {
    /** What they took on, and what those took on whom they stand in for. */
    MINE,
    /** All of their roles, and what was escalated to them. */
    TEAM,
    /** Those of their roles that nobody took on. */
    UNASSIGNED,
    /** Those of their roles that are past their due time. */
    OVERDUE,
    /** Those of their roles that get overdue within a day. */
    AT_RISK,
    /** What their own work made, and others have to do now. */
    WAITING,
    /** Those of their roles that are left out of the other lists for a while. */
    SNOOZED,
    EVERYONE;

    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Scope ofCode(String code) {
      return Arrays.stream(values())
          .filter(scope -> scope.code().equals(code))
          .findFirst()
          .orElse(TEAM);
    }
  }

  /** When items are due. */
  public enum Due {
    OVERDUE,
    DAY,
    THREE_DAYS,
    WEEK,
    NONE;

    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Due> ofCode(String code) {
      return Arrays.stream(values()).filter(due -> due.code().equals(code)).findFirst();
    }
  }

  /** Everything of a scope. */
  public static Filter of(Scope scope) {
    return new Filter(scope, null, null, null, null, null, null, null);
  }
}
