package org.carepathway.hl7;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.carepathway.inbox.InboxMessage;
import org.springframework.stereotype.Component;

/** Messages that were kept, taken apart for people who look at them. */
@Component
public class Hl7Reading {

  private final Hl7Feeds feeds;

  Hl7Reading(Hl7Feeds feeds) {
    this.feeds = feeds;
  }

  /**
   * @param name such as {@code OBX(2)}
   */
  public record Segment(String name, List<Field> fields) {}

  /**
   * @param place such as {@code OBX(2)-5}; each repetition of a field has a line of its own
   */
  public record Field(String place, String text) {}

  /** The names of the feeds in the settings. */
  public Set<String> feeds() {
    return feeds.names();
  }

  /** The content as text; bytes that are not in its character set are shown as such. */
  public String text(InboxMessage message) {
    byte[] content = message.received().content();
    try {
      return Charsets.decode(content, feeds.charset(message.received().source()));
    } catch (Hl7Refusal unclear) {
      return new String(content, StandardCharsets.UTF_8);
    }
  }

  /** The fields that are not empty; nothing where it is no message of HL7 v2, or cannot be read. */
  public List<Segment> segments(InboxMessage message) {
    if (!message.received().format().equals(Hl7Handler.FORMAT)) {
      return List.of();
    }
    try {
      return new Hl7Reader()
              .read(message.received().content(), feeds.charset(message.received().source()))
              .segments()
              .stream()
              .map(Hl7Reading::segment)
              .toList();
    } catch (Hl7Refusal unclear) {
      return List.of();
    }
  }

  private static Segment segment(Hl7Segment segment) {
    List<Field> fields = new ArrayList<>();
    for (int number = 1; number <= segment.content().numFields(); number++) {
      segment
          .field(number)
          .forEach(field -> fields.add(new Field(field.place().toString(), field.whole())));
    }
    return new Segment(
        new Place(segment.name(), segment.occurrence(), 0, 0).toString(), List.copyOf(fields));
  }
}
