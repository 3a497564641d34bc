package org.carepathway.outreach;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** By which channels anything leaves from this site. */
@Component
public class Carriers {

  private final List<Carrier> all;

  /** Where messages are only shown, none leaves by another carrier. */
  Carriers(List<Carrier> all, OutreachSettings settings) {
    this.all =
        all.stream()
            .filter(carrier -> carrier instanceof ShownCarrier == settings.shown())
            .filter(Carrier::isSetUp)
            .toList();
  }

  /** The one of a channel; empty where none is set up. */
  public Optional<Carrier> of(Channel channel) {
    return all.stream().filter(carrier -> carrier.channel() == channel).findFirst();
  }

  boolean isSetUp(Channel channel) {
    return of(channel).isPresent();
  }

  /** Whether anything leaves at all. */
  public boolean areSetUp() {
    return !all.isEmpty();
  }
}
