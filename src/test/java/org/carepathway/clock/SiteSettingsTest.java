package org.carepathway.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A site in a zone that nobody knows does not start: all its times would be wrong. */
class SiteSettingsTest {

  @ParameterizedTest
  @ValueSource(strings = {"Mars/Olympus", "Europe/Madird", "+25:00", "0"})
  void anUnknownZoneStopsTheStartAndIsNamed(String zone) {
    assertThatThrownBy(() -> zone(zone))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("carepathway.site.time-zone")
        .hasRootCauseInstanceOf(java.time.DateTimeException.class);
  }

  @Test
  void oneThatIsKnownIsTaken() {
    assertThat(zone("Europe/Madrid")).isEqualTo(ZoneId.of("Europe/Madrid"));
    assertThat(zone("+02:00")).isEqualTo(ZoneId.of("+02:00"));
  }

  private static ZoneId zone(String zone) {
    return new Binder(
            new MapConfigurationPropertySource(Map.of("carepathway.site.time-zone", zone)))
        .bind("carepathway.site", SiteSettings.class)
        .get()
        .zone();
  }
}
