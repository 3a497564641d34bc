package org.carepathway.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.carepathway.outreach.Handover.Later;
import org.carepathway.outreach.Handover.Refused;
import org.carepathway.outreach.Handover.Taken;
import org.carepathway.outreach.Handover.Unsure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Mail to a real mail server, and to servers that refuse, break off or are not there. */
class SmtpCarrierTest {

  private static final Outgoing MESSAGE =
      new Outgoing(
          UUID.fromString("11111111-2222-4333-8444-555555555555"),
          "patient@example.org",
          "es",
          "Hospital: unas preguntas",
          "Responda por favor. ñ");

  @Test
  void aServerTakesIt() throws Exception {
    GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    server.start();
    try {
      Handover handover = carrier(server.getSmtp().getPort()).handOver(MESSAGE);

      assertThat(handover).isInstanceOf(Taken.class);
      MimeMessage mail = server.getReceivedMessages()[0];
      assertThat(mail.getMessageID()).isEqualTo("<" + MESSAGE.id() + "@care-pathway.invalid>");
      assertThat(mail.getSubject()).isEqualTo(MESSAGE.subject());
      assertThat(mail.getContent().toString().strip()).isEqualTo(MESSAGE.text());
      assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    } finally {
      server.stop();
    }
  }

  @Test
  void nobodyThere() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    assertThat(carrier(free).handOver(MESSAGE)).isInstanceOf(Later.class);
  }

  /** Whatever step it is refused at; the codes are those that servers give most (RFC 5321). */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          550 5.1.1 no such user              | 550 | true
          552 5.2.2 mailbox full              | 552 | true
          553 5.1.3 bad address               | 553 | true
          554 5.7.1 blocked                   | 554 | true
          450 4.2.0 greylisted, come again    | 450 | false
          451 4.7.1 try again later           | 451 | false
          452 4.2.2 out of storage            | 452 | false
          421 4.3.2 closing                   | 421 | false
          """)
  void isRefusedForGoodOrForNow(String answer, int code, boolean forGood) throws Exception {
    Handover expected =
        forGood
            ? new Refused("The mail server answered %d.".formatted(code))
            : new Later("The mail server answered %d.".formatted(code));
    assertThat(talk("250 hello", answer)).as("at MAIL").isEqualTo(expected);
    assertThat(talk("250 hello", "250 ok", answer)).as("at RCPT").isEqualTo(expected);
    assertThat(talk("250 hello", "250 ok", "250 ok", answer)).as("at DATA").isEqualTo(expected);
    assertThat(talk("250 hello", "250 ok", "250 ok", "354 go on", answer))
        .as("after the text")
        .isEqualTo(expected);
  }

  @Test
  void aServerThatIsClosedIsAskedAgain() throws Exception {
    assertThat(greeted("421 4.3.2 closed")).isInstanceOf(Later.class);
    assertThat(greeted("554 5.3.2 no service here")).isInstanceOf(Later.class);
  }

  /** No answer to the address: nothing has left. */
  @Test
  void aServerThatFallsSilentBeforeTheTextIsNotHandedTheText() throws Exception {
    assertThat(talk("250 hello")).isInstanceOfAny(Later.class, Unsure.class);
  }

  /** The text was sent and no answer came: it may have been taken. */
  @Test
  void theServerBreaksOffAfterTheText() throws Exception {
    assertThat(talk("250 hello", "250 ok", "250 ok", "354 go on")).isInstanceOf(Unsure.class);
  }

  /** A server that answers line after line, and then breaks off. */
  private static Handover talk(String... answers) throws IOException {
    return talk("220 test", List.of(answers));
  }

  private static Handover greeted(String greeting) throws IOException {
    return talk(greeting, List.of());
  }

  private static Handover talk(String greeting, List<String> answers) throws IOException {
    try (ServerSocket server = new ServerSocket(0)) {
      new Thread(() -> answer(server, greeting, answers)).start();
      return carrier(server.getLocalPort()).handOver(MESSAGE);
    }
  }

  private static void answer(ServerSocket server, String greeting, List<String> answers) {
    try (Socket client = server.accept()) {
      client.getOutputStream().write((greeting + "\r\n").getBytes(StandardCharsets.US_ASCII));
      var lines =
          new java.io.BufferedReader(
              new java.io.InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
      String before = "";
      for (String answer : answers) {
        String line = lines.readLine();
        while (before.startsWith("354") && line != null && !line.equals(".")) {
          line = lines.readLine();
        }
        client.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
        before = answer;
      }
      if (before.startsWith("354")) {
        String line = lines.readLine();
        while (line != null && !line.equals(".")) {
          line = lines.readLine();
        }
      } else if (!answers.isEmpty()) {
        lines.readLine();
        client.getOutputStream().write("250 ok\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException gone) {
      throw new IllegalStateException(gone);
    }
  }

  private static SmtpCarrier carrier(int port) {
    JavaMailSenderImpl sender = new JavaMailSenderImpl();
    sender.setHost("127.0.0.1");
    sender.setPort(port);
    sender.getJavaMailProperties().setProperty("mail.smtp.connectiontimeout", "1000");
    sender.getJavaMailProperties().setProperty("mail.smtp.timeout", "1000");
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    beans.addBean("sender", sender);
    OutreachSettings settings =
        new OutreachSettings(
            null,
            "",
            5,
            Duration.ofMinutes(1),
            "care@example.org",
            null,
            null,
            null,
            List.of(),
            null,
            false);
    return new SmtpCarrier(beans.getBeanProvider(JavaMailSender.class), settings);
  }
}
