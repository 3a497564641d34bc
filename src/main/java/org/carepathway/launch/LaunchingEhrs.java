package org.carepathway.launch;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.carepathway.ehr.CodeExchange.Proof;
import org.carepathway.ehr.EhrAddress;
import org.carepathway.startup.StartUpException;
import org.springframework.stereotype.Component;

/** The EHRs of the settings. No other one is ever asked anything. */
@Component
class LaunchingEhrs {

  private final Map<String, LaunchingEhr> byIss = new LinkedHashMap<>();

  LaunchingEhrs(LaunchSettings settings) {
    settings.ehrs().forEach(this::add);
  }

  private void add(String name, LaunchSettings.Ehr ehr) {
    String setting = "carepathway.launch.ehrs." + name + '.';
    require(
        EhrAddress.isSafe(ehr.iss()) && ehr.iss().getQuery() == null,
        setting + "iss is no address with TLS: " + ehr.iss(),
        "Name the FHIR API as the EHR does: https://host/path; http is for this machine only.");
    require(
        (ehr.proof() == Proof.SECRET) == (ehr.secret() != null),
        setting + "secret and proof do not fit together.",
        "Set a secret with proof: secret, and none otherwise.");
    require(
        ehr.frames().stream().allMatch(origin -> origin.matches("https?://[^/*?#;,\\s]+")),
        setting + "frames has what is no origin.",
        "Name them as https://host.");
    LaunchingEhr made = new LaunchingEhr(ehr, Clock.systemUTC());
    require(
        byIss.put(made.iss(), made) == null,
        setting + "iss is that of another EHR.",
        "Give each EHR its own.");
  }

  private static void require(boolean holds, String problem, String remedy) {
    if (!holds) {
      throw new StartUpException(problem, remedy, null);
    }
  }

  Optional<LaunchingEhr> find(String iss) {
    return Optional.ofNullable(byIss.get(EhrAddress.plain(iss)));
  }

  /** Origins of all whose pages may show us in a frame. */
  List<String> frames() {
    return byIss.values().stream().flatMap(ehr -> ehr.settings().frames().stream()).toList();
  }
}
