package org.carepathway.outreach;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.carepathway.OwnFolder;
import org.carepathway.replicas.ServiceProcess;

/** A process of the service that sends, and can be killed while it hands a message over. */
final class SendingReplica implements AutoCloseable {

  private static final int LONGEST_MILLIS = 4_000;

  private final int number;
  private final String database;
  private final HeldAnswers mail;
  private final HeldAnswers texts;
  private final Random random;
  private ServiceProcess process;

  SendingReplica(int number, String database, int smtp, int gateway, Random random)
      throws IOException {
    this.number = number;
    this.database = database;
    this.random = random;
    this.mail = new HeldAnswers(smtp, "\r\n.\r\n", random);
    this.texts = new HeldAnswers(gateway, "", random);
  }

  int port() {
    return process.port();
  }

  /** Starts it and waits until it is ready. */
  void start() {
    try {
      process =
          new ServiceProcess(
              OwnFolder.file("killed-outreach-%d.log".formatted(number)),
              List.of(
                  "--spring.profiles.active=demo",
                  "--spring.datasource.url=" + database,
                  "--spring.datasource.username=postgres",
                  "--spring.datasource.password=postgres",
                  "--spring.mail.host=127.0.0.1",
                  "--spring.mail.port=" + mail.port(),
                  "--carepathway.outreach.mail-from=care@example.org",
                  "--carepathway.outreach.sms.url=http://127.0.0.1:" + texts.port() + "/",
                  "--carepathway.outreach.sms.secret=" + SigningGateway.SECRET,
                  "--carepathway.outreach.shown=false",
                  "--carepathway.outreach.quiet=",
                  "--carepathway.outreach.pause=1s"));
    } catch (IOException fault) {
      throw new IllegalStateException(fault);
    }
  }

  /**
   * As a machine that loses its power.
   *
   * @return whether the other side had a message then of which nothing was noted
   */
  boolean kill(boolean whileOneIsHeld) throws InterruptedException {
    if (whileOneIsHeld) {
      mail.hold();
      texts.hold();
    }
    long end = System.nanoTime() + LONGEST_MILLIS * 1_000_000L;
    while (whileOneIsHeld && handedOver() == 0 && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    Thread.sleep(random.nextInt(whileOneIsHeld ? 100 : 1_500));
    boolean isBetween = handedOver() > 0;
    process.kill();
    mail.release();
    texts.release();
    return isBetween;
  }

  /** It sends nothing now. */
  void end() throws InterruptedException {
    if (process != null) {
      process.kill();
    }
  }

  private int handedOver() {
    return mail.held() + texts.held();
  }

  @Override
  public void close() throws InterruptedException, IOException {
    end();
    mail.close();
    texts.close();
  }
}
