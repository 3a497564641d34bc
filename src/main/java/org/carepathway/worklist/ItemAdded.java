package org.carepathway.worklist;

/** Somebody has something to do; told in the transaction that adds the item. */
public record ItemAdded(WorkItem item) {}
