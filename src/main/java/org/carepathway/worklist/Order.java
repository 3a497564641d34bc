package org.carepathway.worklist;

import java.util.Arrays;

/**
 * In which order a list shows open items; those of which it is not known come last.
 *
 * @param descending the last first; of no use for {@link By#RISK}
 */
public record Order(By by, boolean descending) {

  /**
   * The highest clinical risk first, of the same risk what is due first: so overdue comes first.
   */
  public static final Order RISK = new Order(By.RISK, false);

  private static final int LAST_PAGE = 2000;

  /** By what. */
  public enum By {
    RISK("risk", ""),
    PATIENT("patient", "lower(patient_name)"),
    TASK("task", "title"),
    STAGE("stage", "stage"),
    DUE("due", "due_at"),
    OWNER("owner", "owner_name"),
    LAST("last", "event_at");

    private final String code;
    private final String column;

    By(String code, String column) {
      this.code = code;
      this.column = column;
    }

    public String code() {
      return code;
    }
  }

  /**
   * What an address says; anything else is by risk.
   *
   * @param code of a {@link By}, with {@code -} before it for the last first
   */
  public static Order of(String code) {
    String plain = code == null ? "" : code.replaceFirst("^-", "");
    return Arrays.stream(By.values())
        .filter(by -> by != By.RISK && by.code().equals(plain))
        .findFirst()
        .map(by -> new Order(by, code.startsWith("-")))
        .orElse(RISK);
  }

  /** As an address says it. */
  public String code() {
    return (descending ? "-" : "") + by.code();
  }

  public boolean isByRisk() {
    return by == By.RISK;
  }

  /** Of any order but that by risk. */
  String sql() {
    return " order by " + by.column + (descending ? " desc" : "") + " nulls last, id ";
  }

  /** The number of a page from an address, from 1. */
  static int number(String after) {
    return after != null && after.matches("\\d{1,4}")
        ? Math.max(1, Math.min(LAST_PAGE, Integer.parseInt(after)))
        : 1;
  }
}
