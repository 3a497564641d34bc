package org.carepathway.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.SocketFactory;
import org.carepathway.ehr.EhrServer;
import org.carepathway.ehr.EhrServers;
import org.carepathway.mllp.MllpSender;
import org.carepathway.startup.StartUpException;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;

/** The systems that receive, as they are set up. */
@Component
public class Sites {

  private static final String SETTING = "carepathway.outbox.sites.";

  private final Map<String, Site> sites = new LinkedHashMap<>();

  Sites(DeliverySettings settings, EhrServers servers, SslBundles bundles) {
    settings
        .sites()
        .forEach(
            (name, site) -> {
              EhrServer server = servers.server(name);
              if (server == null && site.hl7() == null) {
                throw new StartUpException(
                    SETTING + name + " has nothing that anything can be sent to.",
                    "Set %s%s.hl7, or carepathway.fhir.feeds.%s.base."
                        .formatted(SETTING, name, name),
                    null);
              }
              sites.put(
                  name,
                  new Site(
                      name,
                      server,
                      Overlay.read(site.vendor(), SETTING + name + ".vendor"),
                      site.strangers() == DeliverySettings.Strangers.LEAVE,
                      site.hl7(),
                      site.hl7() == null ? null : sender(name, site.hl7(), bundles)));
            });
  }

  /**
   * A system that receives.
   *
   * @param server its FHIR API; null where it has none
   * @param leavesStrangers whether nothing is sent of patients whom it does not know
   * @param port of HL7 v2; null where it has none
   */
  record Site(
      String name,
      EhrServer server,
      Overlay overlay,
      boolean leavesStrangers,
      DeliverySettings.Hl7 port,
      MllpSender sender) {

    List<String> messages() {
      return port == null ? List.of() : port.messages();
    }
  }

  private static MllpSender sender(String name, DeliverySettings.Hl7 port, SslBundles bundles) {
    return new MllpSender(
        port.host(), port.port(), sockets(name, port, bundles), port.connect(), port.answer());
  }

  private static SocketFactory sockets(String name, DeliverySettings.Hl7 port, SslBundles bundles) {
    if (port.sslBundle() == null) {
      return SocketFactory.getDefault();
    }
    try {
      return bundles.getBundle(port.sslBundle()).createSslContext().getSocketFactory();
    } catch (NoSuchSslBundleException e) {
      throw new StartUpException(
          "%s%s.hl7.ssl-bundle names no bundle: %s".formatted(SETTING, name, port.sslBundle()),
          "Set it up under spring.ssl.bundle.",
          e);
    }
  }

  public Set<String> names() {
    return sites.keySet();
  }

  /**
   * @throws IllegalArgumentException where there is no such site
   */
  Site site(String name) {
    Site site = sites.get(name);
    if (site == null) {
      throw new IllegalArgumentException("there is no site " + name);
    }
    return site;
  }
}
