package org.carepathway.fhir;

import ca.uhn.fhir.rest.api.server.RequestDetails;

/**
 * Who sent a write. It is said on the request that the write came with and not on the database's
 * transaction: what a person stores starts steps, which store more in the same transaction. HAPI
 * hands a request's notes on to each copy that it makes of it.
 *
 * <p>What says nothing was not sent by us, so that code that forgets it is guarded and audited like
 * an outsider (ADR 0016).
 *
 * @param name of a feed; of people and systems it is known who is signed in
 */
public record Sender(Kind kind, String name) {

  /** Before the name of a feed in the source of what it sent. */
  public static final String FEEDS = "urn:carepathway:feed:";

  /** A step of a pathway, or the service that keeps its content and staff. */
  public static final Sender STEP = new Sender(Kind.STEP, "");

  public static final Sender PERSON = new Sender(Kind.PERSON, "");

  /** A system that is signed in. */
  public static final Sender SYSTEM = new Sender(Kind.SYSTEM, "");

  private static final Sender UNKNOWN = feed("unknown");
  private static final String NOTE = Sender.class.getName();

  /** The kinds of senders. */
  public enum Kind {
    PERSON,
    SYSTEM,
    STEP,
    /** Stores in this process what somebody else has sent, such as an inbox for an EHR. */
    FEED
  }

  /**
   * @param name as the audit calls it
   */
  public static Sender feed(String name) {
    return new Sender(Kind.FEED, name);
  }

  /** Who sent what comes with this request. */
  public static Sender of(RequestDetails request) {
    return request == null ? UNKNOWN : (Sender) request.getUserData().getOrDefault(NOTE, UNKNOWN);
  }

  /** Says so on a request, and returns it. */
  public <R extends RequestDetails> R on(R request) {
    request.getUserData().put(NOTE, this);
    return request;
  }

  /** Whether somebody else sent it: it is guarded and audited, and can be an event of a pathway. */
  public boolean isOutside() {
    return kind != Kind.STEP;
  }
}
