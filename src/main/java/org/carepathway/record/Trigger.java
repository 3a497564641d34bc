package org.carepathway.record;

import org.hl7.fhir.r4.model.Resource;

/**
 * What set a step's transaction off: a person's task, a timer's job, a referral. Its id is
 * persisted before the step runs and is the same on each retry, so that the ids made from it are
 * too.
 *
 * @param id the persisted id of the task, job or resource
 * @param agent who acts
 * @param changed the resource of others that was stored, as it is on file now; null where it was
 *     something else
 * @param previous the same before; null for a new one
 */
public record Trigger(String id, Agent agent, Resource changed, Resource previous) {

  public Trigger(String id, Agent agent) {
    this(id, agent, null, null);
  }
}
