package org.carepathway.patientlink.web;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.carepathway.answers.Prefilled;
import org.carepathway.outreach.Channel;
import org.carepathway.outreach.RefusedChannels;
import org.carepathway.page.Texts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.patientlink.WishedHours;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/**
 * By which channels and in which hours a patient wants to be written to, on a page of the patient
 * or of staff.
 */
@Component
class ChannelChoice {

  private final RefusedChannels refusals;
  private final WishedHours hours;
  private final Texts texts;

  ChannelChoice(RefusedChannels refusals, WishedHours hours, Texts texts) {
    this.refusals = refusals;
    this.hours = hours;
    this.texts = texts;
  }

  /**
   * A channel to choose.
   *
   * @param code of CodeSystem {@code outreach-channel}
   */
  record Choice(String code, boolean wanted) {}

  /**
   * Hours to choose.
   *
   * @param label in the language of the page
   */
  record Hours(String code, String label, boolean wanted) {}

  void show(OpenPathway open, Model model) {
    Set<Channel> refused = refusals.of(open.patient());
    model.addAttribute(
        "channels",
        RefusedChannels.channels().stream()
            .map(channel -> new Choice(channel.code(), !refused.contains(channel)))
            .toList());
    model.addAttribute("hours", hours.of(open).map(this::hours).orElse(List.of()));
  }

  private List<Hours> hours(Prefilled asked) {
    Set<String> named = WishedHours.named(asked);
    return texts.of(asked.form()).items().get(0).options().stream()
        .map(
            option ->
                new Hours(option.getCode(), option.getDisplay(), named.contains(option.getCode())))
        .toList();
  }

  /**
   * @param wanted codes of the channels that were left ticked; null for none
   * @param wished codes of the hours that are ticked; null for none
   */
  Set<Channel> keep(OpenPathway open, List<String> wanted, List<String> wished) {
    hours.keep(open.pathway().id(), wished == null ? Set.of() : Set.copyOf(wished));
    Set<Channel> refused =
        RefusedChannels.channels().stream()
            .filter(channel -> wanted == null || !wanted.contains(channel.code()))
            .collect(Collectors.toSet());
    refusals.keep(open, refused);
    return refused;
  }
}
