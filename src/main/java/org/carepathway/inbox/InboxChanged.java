package org.carepathway.inbox;

/** Something came, or changed its state; told inside a transaction it may still be taken back. */
public record InboxChanged() {}
