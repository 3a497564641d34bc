package org.carepathway.engine;

import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutorContext;
import org.carepathway.record.Agent;
import org.carepathway.record.Records;
import org.carepathway.record.Trigger;
import org.springframework.stereotype.Component;

/**
 * Names the job as the trigger of its transaction, where no person set it off. The job's id is kept
 * over its retries; an activity instance's is not.
 */
@Component
class JobTrigger {

  private final Records records;

  JobTrigger(Records records) {
    this.records = records;
  }

  void name() {
    JobExecutorContext job = Context.getJobExecutorContext();
    if (job != null && job.getCurrentJob() != null) {
      records.triggeredBy(new Trigger(job.getCurrentJob().getId(), Agent.SERVICE));
    }
  }
}
