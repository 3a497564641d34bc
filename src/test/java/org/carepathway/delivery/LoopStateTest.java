package org.carepathway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.carepathway.content.LoopRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each state of a referral on a Task, by HL7's Clinical Order Workflows and BSeR 2.0. */
class LoopStateTest {

  @ParameterizedTest
  @CsvSource({
    "created,          requested,   2.0,   Service Request Created,                    false",
    "more-information, on-hold,     2.0,   Service Request Created,                    false",
    "accepted,         accepted,    3.0,   Service Request Accepted,                   false",
    "rejected,         rejected,    4.0,   Service Request Declined,                   true",
    "scheduled,        in-progress, 5.1.1, Service Request Event Scheduled,            false",
    "no-show,          in-progress, 5.1.2, Scheduled Service Request Event Unattended, false",
    "event-cancelled,  in-progress, 5.1.3, Scheduled Service Request Event Cancelled,  false",
    "in-progress,      in-progress, 5.1.1, Service Request Event Scheduled,            false",
    "treated,          in-progress, 5.1.4, Service Request Event Completed,            false",
    "cancelled,        cancelled,   6.0,   Service Request Fulfillment Cancelled,      true",
    "completed,        completed,   7.0,   Service Request Fulfillment Completed,      true"
  })
  void eachStateIsOneOnATask(
      String code, String task, String business, String display, boolean isEnd) {
    LoopState state = LoopState.of(code);
    assertThat(state.task().toCode()).isEqualTo(task);
    assertThat(state.business()).isEqualTo(business);
    assertThat(state.display()).isEqualTo(display);
    assertThat(state.isEnd()).isEqualTo(isEnd);
    assertThat(new LoopRow(code, "Task", "true", null, null, null).isEnd()).isEqualTo(isEnd);
  }

  @Test
  void contentMayNameEachOfThemAndNoOther() {
    assertThat(Arrays.stream(LoopState.values()).map(LoopState::code))
        .containsExactlyInAnyOrderElementsOf(LoopRow.STATES);
  }
}
