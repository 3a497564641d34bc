package org.carepathway.fhirfeed;

import java.util.List;
import java.util.Set;
import org.carepathway.ehr.EhrServers;
import org.springframework.stereotype.Component;

/** How it goes with the EHRs of the settings, for who connects systems. */
@Component
public class FeedStates {

  private final EhrServers servers;
  private final FhirFeedRows rows;

  FeedStates(EhrServers servers, FhirFeedRows rows) {
    this.servers = servers;
    this.rows = rows;
  }

  public Set<String> names() {
    return servers.names();
  }

  public List<FeedState> all() {
    return servers.names().stream().map(rows::state).toList();
  }
}
