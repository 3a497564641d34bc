package org.carepathway.inbox;

/** Handles the messages of one format. */
public interface InboxHandler {

  /** Of {@link Received#format()}. */
  String format();

  /**
   * Called in a transaction that is committed with the message's end: what it writes is written
   * once. It writes as a feed ({@link org.carepathway.fhir.FeedStore}), asks {@link Newest} before
   * it overwrites, and calls nobody over the network.
   *
   * @throws RuntimeException to have all of it taken back and tried again; a refusal of HAPI (4xx)
   *     ends it at once
   */
  Effect handle(InboxMessage message);
}
