package org.carepathway.record;

/**
 * What set a step's transaction off: a person's task, a timer's job, a referral. Its id is
 * persisted before the step runs and is the same on each retry, so that the ids made from it are
 * too.
 *
 * @param id the persisted id of the task, job or resource
 * @param agent who acts
 */
public record Trigger(String id, Agent agent) {}
