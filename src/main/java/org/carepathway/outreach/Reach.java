package org.carepathway.outreach;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.carepathway.content.PatientContact;
import org.carepathway.pathway.ExpressionContexts;
import org.carepathway.pathway.OpenPathway;
import org.carepathway.record.Agent;
import org.carepathway.template.FhirPaths;
import org.springframework.stereotype.Component;

/** By which channels a patient can and may be written to. */
@Component
class Reach {

  private final Carriers carriers;
  private final RefusedChannels refusals;
  private final ExpressionContexts contexts;
  private final FhirPaths paths;
  private final OutreachSettings settings;

  Reach(
      Carriers carriers,
      RefusedChannels refusals,
      ExpressionContexts contexts,
      FhirPaths paths,
      OutreachSettings settings) {
    this.carriers = carriers;
    this.refusals = refusals;
    this.contexts = contexts;
    this.paths = paths;
    this.settings = settings;
  }

  /** A channel and the patient's address there. */
  record Way(Channel channel, String address) {}

  /** In the order that the patient prefers; empty where the patient is not to be written to. */
  List<Way> of(OpenPathway open) {
    return ways(open, PatientContact::channels);
  }

  /** The same for reminders of an appointment. */
  List<Way> reminding(OpenPathway open) {
    return ways(open, PatientContact::reminderChannels);
  }

  private List<Way> ways(OpenPathway open, Function<PatientContact, String> which) {
    if (settings.address() == null || !carriers.areSetUp()) {
      return List.of();
    }
    Set<Channel> refused = refusals.of(open.patient());
    return open
        .content()
        .patientContact()
        .map(which)
        .map(path -> agreed(open, path))
        .orElse(List.of())
        .stream()
        .filter(channel -> !channel.isForStaffOnly() && carriers.isSetUp(channel))
        .filter(channel -> !refused.contains(channel))
        .flatMap(
            channel ->
                Whereabouts.of(open.patient(), channel).map(to -> new Way(channel, to)).stream())
        .toList();
  }

  private List<Channel> agreed(OpenPathway open, String path) {
    return paths
        .evaluate(null, path, contexts.of(open, List.of(path), null, Agent.SERVICE))
        .stream()
        .flatMap(code -> Channel.ofCode(code.primitiveValue()).stream())
        .distinct()
        .toList();
  }
}
