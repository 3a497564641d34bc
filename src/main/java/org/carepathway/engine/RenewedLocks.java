package org.carepathway.engine;

import jakarta.annotation.PreDestroy;
import java.sql.Timestamp;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Locks of jobs are short, so that those of a process that is gone lapse soon, and are renewed for
 * as long as a job is in hand (ADR 0013).
 */
@Component
@ConditionalOnProperty(name = "camunda.bpm.job-execution.enabled", matchIfMissing = true)
class RenewedLocks {

  private static final Logger LOG = LoggerFactory.getLogger(RenewedLocks.class);

  /** So often that two in a row may fail. */
  private static final int OFTEN = 4;

  /**
   * The revision stays: it is how the engine finds out that another one did the job. A row that the
   * job's own transaction holds is about to go anyway.
   */
  private static final String RENEW =
      """
      update act_ru_job set lock_exp_time_ = ? where id_ in (
        select id_ from act_ru_job where id_ = any(?) and lock_owner_ = ? for update skip locked)
      """;

  private final JobsInHand jobs;
  private final JdbcTemplate jdbc;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread created = new Thread(task, "job-locks");
            created.setDaemon(true);
            return created;
          });

  RenewedLocks(JobsInHand jobs, JdbcTemplate jdbc) {
    this.jobs = jobs;
    this.jdbc = jdbc;
    long every = jobs.getLockTimeInMillis() / OFTEN;
    thread.scheduleWithFixedDelay(this::renew, every, every, TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    thread.shutdownNow();
  }

  private void renew() {
    String[] ids = jobs.ids();
    if (ids.length == 0) {
      return;
    }
    try {
      Timestamp until =
          new Timestamp(ClockUtil.getCurrentTime().getTime() + jobs.getLockTimeInMillis());
      jdbc.update(RENEW, until, ids, jobs.getLockOwner());
    } catch (RuntimeException fault) {
      LOG.warn("The locks of {} jobs were not renewed: {}", ids.length, fault.getMessage());
    }
  }
}
