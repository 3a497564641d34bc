package org.carepathway.duty;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.carepathway.calendar.TimeLimit;
import org.carepathway.calendar.WorkingTime;
import org.carepathway.record.Agent;
import org.carepathway.security.Role;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Asks people for what the service cannot do by itself: each thing once, with an owner and a date.
 */
@Component
public class Duties {

  private static final TimeLimit WITHIN = TimeLimit.parse("1 working day");

  private final DutyRows rows;
  private final WorkingTime time;
  private final Clock clock;

  Duties(DutyRows rows, WorkingTime time, Clock clock) {
    this.rows = rows;
    this.time = time;
    this.clock = clock;
  }

  /**
   * Asks in the caller's transaction, due in a working day; nothing where it is asked already.
   *
   * @param patient id; null where it is about no patient
   * @param pathwayId null for none
   * @param detail names of rooms, people and papers, nothing of a patient
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void ask(
      DutyKind kind, String about, Role role, String patient, UUID pathwayId, String detail) {
    Instant now = clock.instant();
    rows.add(
        new Duty(
            UUID.randomUUID(),
            kind,
            about,
            role.code(),
            patient,
            pathwayId,
            detail,
            time.after(now, WITHIN)),
        now);
  }

  /** As {@link #ask}, and never again about the same, also after somebody has seen to it. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void askOnce(DutyKind kind, String about, Role role, String detail) {
    if (!rows.isKnown(kind, about)) {
      ask(kind, about, role, null, null, detail);
    }
  }

  /** It is no longer needed; nothing where nobody was asked. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void settle(DutyKind kind, String about) {
    rows.settle(kind, about, Agent.SERVICE.name(), clock.instant());
  }

  @Transactional(readOnly = true)
  public List<Duty> open(DutyKind kind) {
    return rows.open(kind);
  }
}
