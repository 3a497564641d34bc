package org.carepathway.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Barcode texts as they are printed and as scanners give them. */
class UdiTest {

  private static final String GS1 = "http://hl7.org/fhir/NamingSystem/gs1-di";
  private static final String HIBC = "http://hl7.org/fhir/NamingSystem/hibcc-dI";

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "(01)09506000134352(17)271130(10)LOT-4711, LOT-4711, -, 2027-11-30",
        "(01) 09506000134352 (17) 271130 (10) LOT-4711, LOT-4711, -, 2027-11-30",
        "(01)09506000134352(11)250101(17)271100(10)4711/A(21)S-1, 4711/A, S-1, 2027-11-30",
        "(01)09506000134352, -, -, -",
        "010950600013435217271130104711, 4711, -, 2027-11-30",
        "0109506000134352104711\u001d17271130, 4711, -, 2027-11-30",
        "0109506000134352104711\u001d21S1, 4711, S1, -",
        "]d20109506000134352112501011727113010LOT-4711, LOT-4711, -, 2027-11-30",
      })
  void gs1(String text, String lot, String serial, LocalDate expiry) {
    assertThat(Udi.read(text)).contains(new Udi(GS1, "09506000134352", lot, serial, expiry));
  }

  @Test
  void hibc() {
    assertThat(Udi.read("+A99912345/$$52001510X3/16D20111212/S77DE1G45-"))
        .contains(new Udi(HIBC, "A99912345", "10X3", "77DE1G45", LocalDate.of(2020, 1, 15)));
    assertThat(Udi.read("+A999123457")).contains(new Udi(HIBC, "A99912345", null, null, null));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "$L1, L1, -, -",
        "$+S1, -, S1, -",
        "$$0227L1, L1, -, 2027-02-28",
        "$$2113027L1, L1, -, 2027-11-30",
        "$$3271130L1, L1, -, 2027-11-30",
        "$$427113023L1, L1, -, 2027-11-30",
        "$$527334L1, L1, -, 2027-11-30",
        "$$62733423L1, L1, -, 2027-11-30",
        "$$7L1, L1, -, -",
        "$$8053271130L1, L1, -, 2027-11-30",
        "$$9000053271130L1, L1, -, 2027-11-30",
        "$$+3271130S1, -, S1, 2027-11-30",
        "27334L1, L1, -, 2027-11-30",
        "$L1/14D20271130, L1, -, 2027-11-30",
      })
  void everyFormatOfHibc(String secondary, String lot, String serial, LocalDate expiry) {
    assertThat(Udi.read(checked("+A99912345/" + secondary)))
        .contains(new Udi(HIBC, "A99912345", lot, serial, expiry));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(01)09506000134353(17)271130(10)LOT-4711", // check digit
        "(01)09506000134352(17)271330(10)LOT-4711", // month 13
        "(01)09506000134352(17)2711(10)LOT-4711",
        "(01)09506000134352(10)LOT-4711 and more words",
        "(17)271130(10)LOT-4711", // no device
        "LOT-4711",
        "0109506000134352999",
        "+A999123458", // check character
        "+A99912345/$$52001510X3/16D20111212/S77DE1G45.",
        "+",
        "",
      })
  void whatIsNoUdi(String text) {
    assertThat(Udi.read(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"$$3271330L1", "$$3", "$$527400L1", "$$8", "$$", "$$A"})
  void aDayThatIsNone(String secondary) {
    assertThat(Udi.read(checked("+A99912345/" + secondary))).isEmpty();
  }

  private static String checked(String code) {
    String characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";
    return code + characters.charAt(code.chars().map(characters::indexOf).sum() % 43);
  }
}
