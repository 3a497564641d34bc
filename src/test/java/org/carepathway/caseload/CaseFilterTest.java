package org.carepathway.caseload;

import static org.assertj.core.api.Assertions.assertThat;

import org.carepathway.caseload.CaseFilter.Sort;
import org.carepathway.caseload.CaseFilter.View;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in an address becomes a filter, whatever it is. */
class CaseFilterTest {

  @Test
  void anAddressIsReadAndWrittenTheSame() {
    CaseFilter filter = CaseFilter.of("stuck", "Imaging", "-days", 3);
    assertThat(filter).isEqualTo(new CaseFilter(View.STUCK, "Imaging", Sort.DAYS, true, 3));
    assertThat(filter.sorted()).isEqualTo("-days");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "due;drop table pathway", "--due", "-", "DUE"})
  void whatIsNoSortIsByDate(String sort) {
    assertThat(CaseFilter.of("nothing", " ", sort, -5))
        .isEqualTo(new CaseFilter(View.OPEN, null, Sort.DUE, false, 1));
  }

  @Test
  void whatEndedLastComesFirst() {
    assertThat(CaseFilter.of("ended", null, null, 1).sorted()).isEqualTo("-ended");
  }
}
