package org.carepathway.fhirfeed;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.carepathway.ehr.EhrServers;
import org.carepathway.ehr.EhrSettings;
import org.springframework.stereotype.Component;

/** How it goes with the EHRs of the settings, for who connects systems. */
@Component
public class FeedStates {

  private final EhrServers servers;
  private final FhirFeedRows rows;
  private final SubscriptionRows subscriptions;

  FeedStates(EhrServers servers, FhirFeedRows rows, SubscriptionRows subscriptions) {
    this.servers = servers;
    this.rows = rows;
    this.subscriptions = subscriptions;
  }

  public Set<String> names() {
    return servers.names();
  }

  public List<FeedState> all() {
    return servers.names().stream().map(this::state).toList();
  }

  private FeedState state(String feed) {
    EhrSettings.Notifications told = servers.settings(feed).notifications();
    Duration heartbeat = told == null ? null : told.heartbeat();
    return rows.state(feed)
        .with(
            subscriptions.of(feed).stream()
                .map(one -> one.late(heartbeat != null && one.silent() > heartbeat.toSeconds()))
                .toList());
  }
}
