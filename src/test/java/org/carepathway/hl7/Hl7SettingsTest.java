package org.carepathway.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Without a feed no port is opened; one that names its port only takes from this machine. */
class Hl7SettingsTest {

  private static Hl7Settings bind(Map<String, String> properties) {
    return new Binder(new MapConfigurationPropertySource(properties))
        .bindOrCreate("carepathway.hl7", Hl7Settings.class);
  }

  @Test
  void nothingIsOpenedUnlessAFeedIsNamed() {
    assertThat(bind(Map.of()).feeds()).isEmpty();
    assertThat(bind(Map.of()).mapping()).isNull();
  }

  @Test
  void aPortAloneIsForThisMachine() throws Exception {
    Hl7Settings.Feed feed =
        bind(Map.of("carepathway.hl7.feeds.ehr.port", "2575")).feeds().get("ehr");

    assertThat(feed.port()).isEqualTo(2575);
    assertThat(feed.largest().toMegabytes()).isEqualTo(20);
    assertThat(Senders.of(feed.senders()).test(InetAddress.getByName("127.0.0.1"))).isTrue();
    assertThat(Senders.of(feed.senders()).test(InetAddress.getByName("10.1.2.3"))).isFalse();
  }

  @Test
  void sendersAreAddressesAndNetworks() throws Exception {
    Hl7Settings.Feed feed =
        bind(Map.of(
                "carepathway.hl7.feeds.ehr.port", "2575",
                "carepathway.hl7.feeds.ehr.senders", "10.1.2.0/24, 192.168.0.7"))
            .feeds()
            .get("ehr");
    Senders senders = Senders.of(feed.senders());
    assertThat(senders.test(InetAddress.getByName("10.1.2.3"))).isTrue();
    assertThat(senders.test(InetAddress.getByName("192.168.0.7"))).isTrue();
    assertThat(senders.test(InetAddress.getByName("10.1.3.3"))).isFalse();
    assertThat(senders.test(InetAddress.getByName("127.0.0.1"))).isFalse();
  }
}
