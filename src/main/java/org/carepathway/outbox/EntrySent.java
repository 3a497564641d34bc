package org.carepathway.outbox;

/** A site has received something of a patient; told in the transaction that keeps it. */
public record EntrySent(Entry entry, Rung rung) {}
