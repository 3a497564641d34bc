package org.carepathway.delivery;

import java.util.Locale;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * Where a referral stands for who sent it, as HL7's Clinical Order Workflows has it on a Task that
 * coordinates, with the business statuses of HL7's Bidirectional Services eReferral.
 *
 * @see <a href="https://build.fhir.org/ig/HL7/bser/CodeSystem-TaskBusinessStatusCS.html">BSeR 2.0,
 *     Task business status</a>
 */
enum LoopState {
  CREATED(TaskStatus.REQUESTED, "2.0", "Service Request Created"),
  /** BSeR has none of its own: the request is there and not accepted yet. */
  MORE_INFORMATION(TaskStatus.ONHOLD, "2.0", "Service Request Created"),
  ACCEPTED(TaskStatus.ACCEPTED, "3.0", "Service Request Accepted"),
  REJECTED(TaskStatus.REJECTED, "4.0", "Service Request Declined"),
  SCHEDULED(TaskStatus.INPROGRESS, "5.1.1", "Service Request Event Scheduled"),

  NO_SHOW(TaskStatus.INPROGRESS, "5.1.2", "Scheduled Service Request Event Unattended"),

  EVENT_CANCELLED(TaskStatus.INPROGRESS, "5.1.3", "Scheduled Service Request Event Cancelled"),

  /** BSeR has none of its own: the patient is there, and nothing has ended. */
  IN_PROGRESS(TaskStatus.INPROGRESS, "5.1.1", "Service Request Event Scheduled"),

  TREATED(TaskStatus.INPROGRESS, "5.1.4", "Service Request Event Completed"),

  CANCELLED(TaskStatus.CANCELLED, "6.0", "Service Request Fulfillment Cancelled"),

  COMPLETED(TaskStatus.COMPLETED, "7.0", "Service Request Fulfillment Completed");

  static final String BUSINESS = "http://hl7.org/fhir/us/bser/CodeSystem/TaskBusinessStatusCS";

  private final TaskStatus task;
  private final String business;
  private final String display;

  LoopState(TaskStatus task, String business, String display) {
    this.task = task;
    this.business = business;
    this.display = display;
  }

  TaskStatus task() {
    return task;
  }

  /** Code of {@link #BUSINESS}. */
  String business() {
    return business;
  }

  String display() {
    return display;
  }

  /** Whether nothing follows. */
  boolean isEnd() {
    return this == REJECTED || this == CANCELLED || this == COMPLETED;
  }

  /**
   * @param code as content names it
   */
  static LoopState of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** As content names it, such as {@code no-show}. */
  String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
