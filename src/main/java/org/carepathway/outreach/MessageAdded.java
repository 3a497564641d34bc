package org.carepathway.outreach;

/** A message waits; told in the transaction that adds it. */
record MessageAdded() {}
