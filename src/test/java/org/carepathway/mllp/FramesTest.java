package org.carepathway.mllp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The same messages are found, in whatever pieces their bytes come. */
class FramesTest {

  private static final int LARGEST = 10_000;

  private static List<String> read(byte[] bytes, int... cuts) {
    List<String> found = new ArrayList<>();
    Frames frames =
        new Frames(
            LARGEST,
            frame ->
                found.add(
                    (frame.isWhole() ? "" : "beginning of ")
                        + new String(frame.content(), StandardCharsets.ISO_8859_1)));
    int from = 0;
    for (int cut : cuts) {
      byte[] piece = Arrays.copyOfRange(bytes, from, cut);
      frames.accept(piece, piece.length);
      from = cut;
    }
    byte[] rest = Arrays.copyOfRange(bytes, from, bytes.length);
    frames.accept(rest, rest.length);
    return found;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void aMessageIsFoundWhereverItIsCut() {
    byte[] bytes = bytes("\u000bMSH|one\rPID\u001c\r\r\0\u000bMSH|two\u001c\r");
    for (int first = 0; first <= bytes.length; first++) {
      for (int second = first; second <= bytes.length; second++) {
        assertThat(read(bytes, first, second)).containsExactly("MSH|one\rPID", "MSH|two");
      }
    }
  }

  @Test
  void byteByByteItIsTheSame() {
    byte[] bytes = bytes("\n\n\u000bMSH|one\u001c\r\u000bMSH|two\u001c\r");
    int[] cuts = new int[bytes.length];
    Arrays.setAll(cuts, i -> i);
    assertThat(read(bytes, cuts)).containsExactly("MSH|one", "MSH|two");
  }

  @Test
  void randomMessagesInRandomPiecesWithNoiseBetweenComeBackWhole() throws Exception {
    for (long seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      List<String> sent = new ArrayList<>();
      ByteArrayOutputStream wire = new ByteArrayOutputStream();
      for (int i = random.nextInt(5); i >= 0; i--) {
        byte[] message = new byte[random.nextInt(300)];
        random.nextBytes(message);
        for (int b = 0; b < message.length; b++) {
          if (message[b] == Frames.START || message[b] == Frames.END) {
            message[b] = 'x';
          }
        }
        wire.write(Frames.wrap(message));
        wire.write(new byte[random.nextInt(4)]);
        sent.add(new String(message, StandardCharsets.ISO_8859_1));
      }
      byte[] bytes = wire.toByteArray();
      int[] cuts = random.ints(random.nextInt(20), 0, bytes.length + 1).sorted().toArray();
      assertThat(read(bytes, cuts)).as("seed %d", seed).isEqualTo(sent);
    }
  }

  @Test
  void theEndNeedsBothBytes() {
    assertThat(read(bytes("\u000ba\u001cb\u001c\u001c\r"))).containsExactly("a\u001cb\u001c");
  }

  @Test
  void oneThatIsCutOffByTheNextIsNoMessage() {
    assertThat(read(bytes("\u000bMSH|half\u000bMSH|whole\u001c\r"))).containsExactly("MSH|whole");
  }

  @Test
  void ofOneThatIsTooLongTheBeginningIsLeftAndTheNextIsWhole() {
    String large = "MSH|" + "x".repeat(3 * LARGEST);
    List<String> found =
        read(bytes('\u000b' + large + "\u001c\r\u000bMSH|next\u001c\r"), 50, 20_000);
    assertThat(found).hasSize(2);
    assertThat(found.get(0)).startsWith("beginning of MSH|xxx").hasSizeLessThan(LARGEST);
    assertThat(found.get(1)).isEqualTo("MSH|next");
  }

  @Test
  void garbageIsNoMessage() {
    assertThat(read(bytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n"))).isEmpty();
  }
}
