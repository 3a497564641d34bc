package org.carepathway.worklist;

import java.io.Serializable;
import java.time.Instant;
import org.carepathway.record.Agent;
import org.carepathway.worklist.WorkItem.Status;

/**
 * What changes while a work item is open; each change is the next version.
 *
 * @param owner sign-in name of who took it on; null while nobody did
 * @param ownerName the name that people read
 * @param status as in Task.status
 * @param priority 0 routine, 25 urgent, 50 as soon as possible, 75 at once
 * @param risk clinical risk, 0 to 100: what is sorted by first
 * @param snooze left out of the lists for a while; null where it is not
 * @param escalation null until it was escalated
 * @param notes how many comments it has
 * @param last what happened to it last
 * @param endedAt when it was completed or cancelled; null before
 * @param version of the FHIR Task
 */
public record Standing(
    String owner,
    String ownerName,
    Status status,
    int priority,
    int risk,
    Snooze snooze,
    Escalated escalation,
    int notes,
    Event last,
    Instant endedAt,
    int version)
    implements Serializable {

  private static final int HIGHEST = 75;
  private static final int STEP = 25;

  /**
   * @param until when it comes back
   * @param reason in the words of who snoozed it
   */
  public record Snooze(Instant until, String reason) implements Serializable {}

  /**
   * @param to code of the role that has to see to it
   */
  public record Escalated(Instant at, String to) implements Serializable {}

  /**
   * @param what {@code created}, {@code claimed} and so on: the end of a key {@code event.*}
   * @param by the name that people read
   */
  public record Event(String what, String by, Instant at) implements Serializable {}

  static Standing begin(int priority, int risk, String by, Instant at) {
    return new Standing(
        null,
        null,
        Status.READY,
        priority,
        risk,
        null,
        null,
        0,
        new Event("created", by, at),
        null,
        1);
  }

  /** What it looks like at a moment: a snooze that has ended is none. */
  public Standing at(Instant moment) {
    return snooze == null || snooze.until().isAfter(moment)
        ? this
        : new Standing(
            owner,
            ownerName,
            status,
            priority,
            risk,
            null,
            escalation,
            notes,
            last,
            endedAt,
            version);
  }

  Standing claimed(Agent by, Instant at) {
    return next(
        by.name(), by.display(), Status.IN_PROGRESS, snooze, notes, event("claimed", by, at), null);
  }

  Standing assigned(Agent to, Agent by, Instant at) {
    return next(
        to.name(),
        to.display(),
        Status.IN_PROGRESS,
        snooze,
        notes,
        event("assigned", by, at),
        null);
  }

  Standing released(Agent by, Instant at) {
    return next(null, null, Status.READY, snooze, notes, event("released", by, at), null);
  }

  Standing snoozed(Snooze until, Agent by, Instant at) {
    String what = until == null ? "woken" : "snoozed";
    return next(owner, ownerName, status, until, notes, event(what, by, at), null);
  }

  Standing commented(Agent by, Instant at) {
    return next(owner, ownerName, status, snooze, notes + 1, event("commented", by, at), null);
  }

  public Standing ended(Status how, Agent by, Instant at) {
    boolean done = how == Status.COMPLETED;
    return next(
        done ? by.name() : null,
        done ? by.display() : null,
        how,
        null,
        notes,
        event(how.code(), by, at),
        at);
  }

  /** One priority higher, with a comment that says so, and back in the lists. */
  Standing escalated(String to, Instant at) {
    return new Standing(
        owner,
        ownerName,
        status,
        Math.min(HIGHEST, priority + STEP),
        Math.max(risk, Math.min(HIGHEST, priority + STEP)),
        null,
        new Escalated(at, to),
        notes + 1,
        event("escalated", Agent.SERVICE, at),
        null,
        version + 1);
  }

  /** A higher priority, and back in the lists. */
  Standing hastened(int to, Instant at) {
    return new Standing(
        owner,
        ownerName,
        status,
        to,
        Math.max(risk, to),
        null,
        escalation,
        notes + 1,
        event("hastened", Agent.SERVICE, at),
        null,
        version + 1);
  }

  /** The same, due at another time since the site's calendar has changed. */
  Standing replanned(Instant at) {
    return next(
        owner, ownerName, status, snooze, notes + 1, event("replanned", Agent.SERVICE, at), null);
  }

  private static Event event(String what, Agent by, Instant at) {
    return new Event(what, by.display(), at);
  }

  private Standing next(
      String newOwner,
      String newOwnerName,
      Status newStatus,
      Snooze newSnooze,
      int newNotes,
      Event newEvent,
      Instant ended) {
    return new Standing(
        newOwner,
        newOwnerName,
        newStatus,
        priority,
        risk,
        newSnooze,
        escalation,
        newNotes,
        newEvent,
        ended,
        version + 1);
  }
}
