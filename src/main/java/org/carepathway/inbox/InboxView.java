package org.carepathway.inbox;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The inbox as people look at it who see to the feeds. */
@Component
public class InboxView {

  /** Messages on a page. */
  public static final int SIZE = 50;

  private final FeedRows feeds;
  private final LineRows lines;

  InboxView(FeedRows feeds, LineRows lines) {
    this.feeds = feeds;
    this.lines = lines;
  }

  /**
   * The newest first.
   *
   * @param more whether there are older ones
   */
  public record Page(List<InboxLine> lines, boolean more) {

    private static Page of(List<InboxLine> found) {
      boolean more = found.size() > SIZE;
      return new Page(more ? List.copyOf(found.subList(0, SIZE)) : found, more);
    }

    /** Where the next page begins; null where there is none. */
    public Long next() {
      return more ? lines.get(lines.size() - 1).number() : null;
    }
  }

  /** Feeds that have sent something or are paused, by their names. */
  public List<Feed> feeds() {
    return feeds.all();
  }

  /**
   * @param source null for all
   * @param before only what came before this number
   */
  public Page list(Collection<State> states, String source, long before) {
    return Page.of(lines.list(states, source, before, SIZE + 1));
  }

  /**
   * Messages of this number, or of the patient who has it.
   *
   * @param text a control id, or a patient's number with the source
   * @param patient id of the Patient with this number; null where there is none
   */
  public Page search(String text, String patient, long before) {
    return Page.of(lines.search(text, patient, before, SIZE + 1));
  }

  public Optional<InboxLine> find(long number) {
    return lines.find(number);
  }
}
