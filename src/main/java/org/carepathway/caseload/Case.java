package org.carepathway.caseload;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * A patient on a pathway, as one line of a list. What is not known is null.
 *
 * @param id of the pathway
 * @param pathway key of its content
 * @param version of its content
 * @param outcome code of CodeSystem {@code pathway-outcome}; null while it goes on
 * @param stage where the patient stands
 * @param next what is to be done first
 * @param pause when the pathway goes on by itself
 * @param waited how long the patient has waited
 * @param coordinator who looks after the patient, as people read it
 * @param troubles why nothing moves; empty where all goes well
 */
public record Case(
    UUID id,
    String pathway,
    String version,
    Who who,
    String outcome,
    Instant started,
    Instant ended,
    Stage stage,
    Next next,
    Pause pause,
    Wait waited,
    String coordinator,
    List<Trouble> troubles) {

  /**
   * @param mrn medical record number
   */
  public record Who(String patientId, String name, String mrn, LocalDate born) {}

  public record Stage(String name, Instant since) {}

  /**
   * @param task of the work item
   * @param role code of the role that may do it
   * @param owner name that people read of who took it on
   * @param others how many more tasks are open
   */
  public record Next(
      UUID task, String title, String role, String owner, Instant due, Instant since, int others) {}

  /**
   * @param process id of the process that waits
   * @param element BPMN id of what it waits at
   */
  public record Pause(Instant until, String process, String element) {}

  /**
   * @param state {@code running}, {@code paused} or {@code stopped}
   * @param days that count
   * @param breach when the limit is over; null for none
   * @param breached whether it is, or was when the wait ended
   */
  public record Wait(String state, int days, Instant breach, boolean breached) {}

  /** Why a patient is stuck. */
  public enum Trouble {
    /** A task is past its date. */
    OVERDUE("overdue"),
    /** A task was escalated and is still open. */
    ESCALATED("escalated"),
    /** A step of the service failed on every try. */
    FAILED("failed"),
    /** Nobody has anything to do, and no time is waited for. */
    NOTHING_AHEAD("nothing-ahead");

    private final String code;

    Trouble(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }
}
