package org.carepathway.hl7;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.GenericMessage;
import ca.uhn.hl7v2.model.GenericSegment;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.GenericModelClassFactory;
import ca.uhn.hl7v2.parser.ParserConfiguration;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Bytes to a message, with HAPI's parser for what is in a segment. Segments are kept in the order
 * in which they came and none is refused for being unknown or out of place.
 */
final class Hl7Reader {

  private static final int SHORTEST = 8;

  /** A fifth, for text that was cut off, came with 2.7. */
  private static final int SEPARATORS = 4;

  private static final Pattern SEGMENT = Pattern.compile("[A-Z][A-Z0-9]{2}");

  /** Segments are generic: to look for classes of theirs would take longer than to read them. */
  private final DefaultHapiContext hapi =
      new DefaultHapiContext(
          new ParserConfiguration(),
          ValidationContextFactory.noValidation(),
          new GenericModelClassFactory());

  /**
   * @param usual what MSH-18 means where it is empty
   * @throws Hl7Refusal where it is no message, or its header lacks what an answer needs
   */
  Hl7Message read(byte[] content, Charset usual) {
    String text = Charsets.decode(content, usual).strip();
    if (text.length() < SHORTEST || !text.startsWith("MSH")) {
      throw Hl7Refusal.at(
          Place.HEADER, Hl7Refusal.Fault.SEQUENCE, "This is no message of HL7: it has no MSH");
    }
    EncodingCharacters encoding = encoding(text);
    PipeParser parser = new PipeParser(hapi);
    GenericMessage message = new GenericMessage.UnknownVersion(parser.getFactory());
    Map<String, Integer> seen = new HashMap<>();
    List<Hl7Segment> segments = new ArrayList<>();
    for (String line : text.split(text.contains("\r") ? "\r\n?" : "\n")) {
      if (!line.isBlank()) {
        String name = name(line, encoding, segments);
        int occurrence = seen.merge(name, 1, Integer::sum);
        segments.add(segment(parser, message, name, occurrence, line, encoding));
      }
    }
    Hl7Message read = new Hl7Message(segments);
    read.header().required(10, "The control id");
    read.header().required(9, "The message type");
    return read;
  }

  private static EncodingCharacters encoding(String text) {
    char field = text.charAt(3);
    int end = text.indexOf(field, 4);
    String characters = end < 0 ? "" : text.substring(4, end);
    boolean isClear =
        characters.length() >= SEPARATORS
            && (field + characters).chars().distinct().count() == characters.length() + 1
            && (field + characters).chars().noneMatch(Character::isLetterOrDigit);
    if (!isClear) {
      throw Hl7Refusal.at(
          Place.header(2),
          Hl7Refusal.Fault.TYPE,
          "The separators of MSH-1 and MSH-2 are not clear");
    }
    return new EncodingCharacters(field, characters.substring(0, SEPARATORS));
  }

  private static String name(String line, EncodingCharacters encoding, List<Hl7Segment> before) {
    int end = line.indexOf(encoding.getFieldSeparator());
    String name = end < 0 ? line.strip() : line.substring(0, end).strip();
    if (!SEGMENT.matcher(name).matches() || !before.isEmpty() && name.equals("MSH")) {
      Hl7Segment last = before.isEmpty() ? null : before.get(before.size() - 1);
      throw Hl7Refusal.at(
          last == null ? Place.HEADER : new Place(last.name(), last.occurrence(), 0, 0),
          Hl7Refusal.Fault.SEQUENCE,
          "Line %d begins no segment; line ends inside a field are to be escaped as \\.br\\"
              .formatted(before.size() + 1));
    }
    return name;
  }

  private static Hl7Segment segment(
      PipeParser parser,
      GenericMessage message,
      String name,
      int occurrence,
      String line,
      EncodingCharacters encoding) {
    GenericSegment segment = new GenericSegment(message, name);
    try {
      parser.parse(segment, line, encoding);
    } catch (HL7Exception e) {
      throw Hl7Refusal.at(
          new Place(name, occurrence, 0, 0), Hl7Refusal.Fault.TYPE, "The segment cannot be read");
    }
    return new Hl7Segment(name, occurrence, segment, encoding);
  }
}
