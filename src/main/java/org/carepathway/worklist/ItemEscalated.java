package org.carepathway.worklist;

/** What is overdue is the business of a second role, too; told in the transaction that says so. */
public record ItemEscalated(WorkItem item, String to) {}
