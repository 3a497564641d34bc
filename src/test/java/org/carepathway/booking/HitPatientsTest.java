package org.carepathway.booking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.carepathway.booking.HitPatients.HitPatient;
import org.carepathway.capacity.Period;
import org.junit.jupiter.api.Test;

/** Who is hit by a leave is kept in the session until the next page says it. */
class HitPatientsTest {

  @Test
  void aSessionCanKeepThem() throws Exception {
    Period period = new Period(Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(kept)) {
      out.writeObject(List.of(new HitPatient(UUID.randomUUID(), "Ann", period, true)));
    }
    assertThat(kept.size()).isPositive();
  }
}
