package org.carepathway.worklist;

/** What somebody had to do is left undone; told in the transaction that cancels the item. */
public record ItemCancelled(WorkItem item) {}
