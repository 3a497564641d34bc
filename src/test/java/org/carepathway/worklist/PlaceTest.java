package org.carepathway.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {

  private static final UUID ID = UUID.fromString("5b1f4a64-5d8a-4c1e-9a53-0d6c1c0f7e11");

  @Test
  void aPlaceIsReadBackToTheMicrosecond() {
    Place place = new Place(75, Instant.parse("2026-11-22T13:05:00.123456Z"), ID);
    assertThat(Place.parse(place.text())).contains(place);
  }

  @Test
  void whatIsDueAtNoTimeComesLast() {
    Place place = new Place(100, null, ID);
    assertThat(Place.parse(place.text())).contains(place);
    assertThat(place.dueParameter()).isEqualTo("infinity");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1_2", "1_x_" + "y", "1_99999999999999999999_z", "1_2_no-id"})
  void whatSomebodyTypedIsNoPlace(String text) {
    assertThat(Place.parse(text)).isEmpty();
  }
}
