package org.carepathway.fhirfeed;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.carepathway.ehr.EhrFault;
import org.carepathway.ehr.EhrServers;
import org.carepathway.worker.Rest;
import org.carepathway.worker.Turn;
import org.carepathway.worker.Worker;
import org.carepathway.worker.WorkerThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * A thread for each EHR, so that a slow one holds up no other and no person. Of several processes
 * one reads an EHR at a time.
 */
@Component
class Poller {

  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
  private static final int COMPARED = 5;

  private final EhrServers servers;
  private final Questions questions;
  private final FhirFeedRows feeds;
  private final WantedReads wanted;
  private final Round round;
  private final Differences differences;
  private final String process = UUID.randomUUID().toString();
  private final Map<String, Worker> workers = new HashMap<>();

  Poller(
      EhrServers servers,
      Questions questions,
      FhirFeedRows feeds,
      WantedReads wanted,
      Round round,
      Differences differences,
      WorkerThreads threads) {
    this.wanted = wanted;
    this.servers = servers;
    this.questions = questions;
    this.feeds = feeds;
    this.round = round;
    this.differences = differences;
    for (String feed : servers.names()) {
      String trouble = "The feed " + feed + " is not read";
      workers.put(feed, threads.add("fhir-" + feed, 1, trouble, new Reading(feed)));
      LOG.info("FHIR of the feed {} is read at {}", feed, servers.server(feed).base());
    }
  }

  /** Asks this EHR now. */
  void wake(String feed) {
    Worker worker = workers.get(feed);
    if (worker != null) {
      worker.wake();
    }
  }

  private final class Reading implements Turn {

    private final String feed;

    private Reading(String feed) {
      this.feed = feed;
    }

    @Override
    public Rest take() {
      feeds.known(feed);
      if (leased()) {
        BooleanSupplier goesOn = () -> workers.get(feed).isRunning() && leased();
        wanted.run(feed, goesOn);
        round.run(feed, questions.of(feed), goesOn);
        compare();
      }
      return Rest.untilWoken(servers.settings(feed).interval());
    }

    private boolean leased() {
      return feeds.lease(feed, process, servers.settings(feed).interval());
    }

    /** A few in each round, all in a day. */
    private void compare() {
      try {
        differences.compare(feed, "1 day", COMPARED);
      } catch (EhrFault fault) {
        LOG.info("What {} says is not compared now: {}", feed, fault.getMessage());
      }
    }

    @Override
    public void end() {
      try {
        feeds.release(feed, process);
      } catch (RuntimeException gone) {
        LOG.debug("The lease of the feed {} ends by itself", feed);
      }
    }
  }
}
