package org.carepathway.engine;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.ExecuteJobsRunnable;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;

/** Does the engine's jobs and knows which ones it has taken on and not finished. */
final class JobsInHand extends SpringJobExecutor {

  private final Set<String> jobs = ConcurrentHashMap.newKeySet();

  /** Their ids: those that are being done and those that wait for a thread. */
  String[] ids() {
    return jobs.toArray(String[]::new);
  }

  @Override
  public Runnable getExecuteJobsRunnable(List<String> jobIds, ProcessEngineImpl engine) {
    jobs.addAll(jobIds);
    return new Batch(jobIds, engine);
  }

  private final class Batch extends ExecuteJobsRunnable {

    Batch(List<String> jobIds, ProcessEngineImpl engine) {
      super(jobIds, engine);
    }

    /** Also of those that a job of the batch has made. */
    @Override
    protected void executeJob(String job, CommandExecutor commands, JobFailureCollector failure) {
      jobs.add(job);
      try {
        super.executeJob(job, commands, failure);
      } finally {
        jobs.remove(job);
      }
    }

    @Override
    protected void unlockJob(String job, CommandExecutor commands) {
      jobs.remove(job);
      super.unlockJob(job, commands);
    }
  }
}
