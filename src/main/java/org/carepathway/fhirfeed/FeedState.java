package org.carepathway.fhirfeed;

import java.time.Instant;
import java.util.List;

/**
 * How it goes with an EHR that is asked.
 *
 * @param fault what is wrong, a name of {@link org.carepathway.ehr.EhrFault.Kind}; null where
 *     nothing is
 * @param said in words; null where nothing is wrong
 * @param since when it is wrong
 * @param answeredAt when it answered last; null where it never has
 * @param roundAt when all patients were asked for last; null where they never were
 * @param patients on a pathway, who were asked for then
 * @param unmatched of them the EHR does not know, or not for sure
 * @param failing questions of single patients that it does not answer
 * @param failingSaid why, of one of them
 * @param subscriptions of ours there, of which the EHR has been heard
 */
public record FeedState(
    String feed,
    String fault,
    String said,
    Instant since,
    Instant answeredAt,
    Instant roundAt,
    int patients,
    int unmatched,
    int failing,
    String failingSaid,
    List<SubscriptionState> subscriptions) {

  static FeedState silent(String feed) {
    return new FeedState(feed, null, null, null, null, null, 0, 0, 0, null, List.of());
  }

  FeedState with(List<SubscriptionState> heard) {
    return new FeedState(
        feed,
        fault,
        said,
        since,
        answeredAt,
        roundAt,
        patients,
        unmatched,
        failing,
        failingSaid,
        heard);
  }
}
