package org.carepathway.caseload;

/**
 * Which patients to list, and how.
 *
 * @param stage name of a stage; null for any
 * @param page from 1
 */
public record CaseFilter(View view, String stage, Sort sort, boolean descending, int page) {

  private static final int LAST_PAGE = 1000;

  /** Which patients. */
  public enum View {
    /** Of whom who is signed in looks after, or one whom they stand in for. */
    MINE("mine"),
    OPEN("open"),
    STUCK("stuck"),
    ENDED("ended");

    private final String code;

    View(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }

  /** By what a list can be sorted; what is not known comes last. */
  public enum Sort {
    PATIENT("patient", "sort_name"),
    STAGE("stage", "place"),
    DAYS("days", "entered_at"),
    NEXT("next", "title"),
    DUE("due", "coalesce(due_at, until)"),
    SINCE("since", "created_at"),
    WAIT("wait", "wait_until"),
    COORDINATOR("coordinator", "coordinator_name"),
    STARTED("started", "started_at"),
    ENDED("ended", "ended_at");

    private final String code;
    private final String column;

    Sort(String code, String column) {
      this.code = code;
      this.column = column;
    }

    public String code() {
      return code;
    }

    String column() {
      return column;
    }
  }

  public CaseFilter {
    page = Math.min(LAST_PAGE, Math.max(1, page));
  }

  /**
   * What an address says; what it says wrongly is as if it said nothing.
   *
   * @param sort code of a {@link Sort}, with {@code -} before it for the last first
   */
  public static CaseFilter of(String view, String stage, String sort, int page) {
    View which = View.OPEN;
    for (View each : View.values()) {
      which = each.code().equals(view) ? each : which;
    }
    String code = sort == null ? "" : sort.replaceFirst("^-", "");
    for (Sort each : Sort.values()) {
      if (each.code().equals(code)) {
        return new CaseFilter(which, blank(stage), each, sort.startsWith("-"), page);
      }
    }
    return which == View.ENDED
        ? new CaseFilter(which, blank(stage), Sort.ENDED, true, page)
        : new CaseFilter(which, blank(stage), Sort.DUE, false, page);
  }

  /** As an address says it. */
  public String sorted() {
    return (descending ? "-" : "") + sort.code();
  }

  private static String blank(String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
