package org.carepathway.outbox;

/** Something may have its turn. */
public record OutboxChanged() {}
