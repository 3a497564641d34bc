package org.carepathway.patientlink.web;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.outreach.Channel;
import org.carepathway.outreach.RefusedChannels;
import org.carepathway.pathway.OpenPathway;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** By which channels a patient wants to be written to, on a page of the patient or of staff. */
@Component
class ChannelChoice {

  private final RefusedChannels refusals;

  ChannelChoice(RefusedChannels refusals) {
    this.refusals = refusals;
  }

  /**
   * A channel to choose.
   *
   * @param code of CodeSystem {@code outreach-channel}
   */
  record Choice(String code, boolean wanted) {}

  void show(OpenPathway open, Model model) {
    Set<Channel> refused = refusals.of(open.patient());
    model.addAttribute(
        "channels",
        RefusedChannels.channels().stream()
            .map(channel -> new Choice(channel.code(), !refused.contains(channel)))
            .toList());
  }

  /**
   * @param wanted codes of the channels that were left ticked; null for none
   */
  Set<Channel> keep(OpenPathway open, List<String> wanted) {
    Set<Channel> refused =
        RefusedChannels.channels().stream()
            .filter(channel -> wanted == null || !wanted.contains(channel.code()))
            .collect(Collectors.toSet());
    refusals.keep(open, refused);
    return refused;
  }
}
