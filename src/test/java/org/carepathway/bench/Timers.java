package org.carepathway.bench;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutorContext;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;

/**
 * Fires a pathway's timers ahead of their time, in the caller's thread, as the job executor would
 * but for finding and locking the job. The clock is the whole service's, so it is left alone.
 */
record Timers(ProcessEngine engine) {

  /**
   * Fires the timer that is due first.
   *
   * @throws IllegalStateException when the pathway waits for none
   */
  void fireNext(String businessKey) {
    Set<String> instances =
        engine
            .getRuntimeService()
            .createProcessInstanceQuery()
            .processInstanceBusinessKey(businessKey)
            .list()
            .stream()
            .map(ProcessInstance::getId)
            .collect(Collectors.toSet());
    List<Job> next =
        engine
            .getManagementService()
            .createJobQuery()
            .processInstanceIds(instances)
            .orderByJobDuedate()
            .asc()
            .listPage(0, 1);
    if (next.isEmpty()) {
      throw new IllegalStateException("pathway " + businessKey + " waits for no timer");
    }
    Context.setJobExecutorContext(new JobExecutorContext());
    try {
      engine.getManagementService().executeJob(next.get(0).getId());
    } finally {
      Context.removeJobExecutorContext();
    }
  }
}
