package org.carepathway.deviation;

import java.time.Clock;
import org.carepathway.clock.OneByOne;
import org.carepathway.clock.Watch;
import org.carepathway.pathway.Holds;
import org.springframework.stereotype.Component;

/** Lets the pathways go on whose hold is over, each in a transaction of its own. */
@Component
class EndOfHolds implements Watch {

  private final Holds holds;
  private final HoldAndResume resuming;
  private final OneByOne oneByOne;
  private final Clock clock;

  EndOfHolds(Holds holds, HoldAndResume resuming, OneByOne oneByOne, Clock clock) {
    this.holds = holds;
    this.resuming = resuming;
    this.oneByOne = oneByOne;
    this.clock = clock;
  }

  @Override
  public void look() {
    oneByOne.run(
        "end the hold of pathway",
        holds.over(clock.instant()),
        pathway -> {
          resuming.holdIsOver(pathway);
          return true;
        });
  }
}
