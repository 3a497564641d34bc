package org.carepathway.mllp;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/**
 * Finds messages in a stream of bytes (HL7 v2.7 appendix C, MLLP release 1): each begins with 0x0B
 * and ends with 0x1C 0x0D. The bytes may come in any pieces. What is between messages, such as line
 * ends or NULs to keep a connection alive, is skipped and counted.
 */
final class Frames {

  static final int START = 0x0B;
  static final int END = 0x1C;
  static final int RETURN = 0x0D;

  /** Enough of a message that is too long to see what it is. */
  private static final int KEPT = 4096;

  private final int largest;
  private final Consumer<Frame> found;
  private ByteArrayOutputStream content;
  private boolean afterEnd;
  private boolean tooLong;
  private long skipped;

  /**
   * A message.
   *
   * @param isWhole false where it is longer than may be; the content is then its beginning
   */
  record Frame(byte[] content, boolean isWhole) {}

  /**
   * @param largest bytes of a message
   */
  Frames(int largest, Consumer<Frame> found) {
    this.largest = largest;
    this.found = found;
  }

  void accept(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (content == null) {
        between(bytes[i]);
      } else if (afterEnd) {
        i = ended(bytes, i);
      } else {
        int end = i;
        while (end < length && bytes[end] != END && bytes[end] != START) {
          end++;
        }
        add(bytes, i, end - i);
        i = end;
        if (end < length) {
          mark(bytes[end]);
        }
      }
    }
  }

  /** Whether a message has begun and not ended. */
  boolean isInside() {
    return content != null;
  }

  /** How many bytes belonged to no message. */
  long skipped() {
    return skipped;
  }

  private void between(byte one) {
    if (one == START) {
      begin();
    } else {
      skipped++;
    }
  }

  private void begin() {
    content = new ByteArrayOutputStream(KEPT);
    afterEnd = false;
    tooLong = false;
  }

  /** A message that begins inside another one was cut off: what came of that one is no message. */
  private void mark(byte one) {
    if (one == END) {
      afterEnd = true;
    } else {
      skipped += content.size();
      begin();
    }
  }

  /** The end needs both bytes; 0x1C by itself is content. */
  private int ended(byte[] bytes, int at) {
    afterEnd = false;
    if (bytes[at] == RETURN) {
      Frame frame = new Frame(content.toByteArray(), !tooLong);
      content = null;
      found.accept(frame);
      return at;
    }
    add(new byte[] {END}, 0, 1);
    return at - 1;
  }

  private void add(byte[] bytes, int from, int length) {
    if (!tooLong && content.size() + length > largest) {
      tooLong = true;
      byte[] beginning = content.toByteArray();
      int kept = Math.min(KEPT, beginning.length);
      content = new ByteArrayOutputStream(KEPT);
      content.write(beginning, 0, kept);
      content.write(bytes, from, Math.min(KEPT - kept, length));
    } else if (!tooLong) {
      content.write(bytes, from, length);
    }
  }

  /** A message as it goes over the wire. */
  static byte[] wrap(byte[] message) {
    byte[] framed = new byte[message.length + 3];
    framed[0] = START;
    System.arraycopy(message, 0, framed, 1, message.length);
    framed[message.length + 1] = END;
    framed[message.length + 2] = RETURN;
    return framed;
  }
}
