package org.carepathway.delivery;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntSupplier;
import org.carepathway.OwnFolder;
import org.carepathway.database.ScratchPostgres;
import org.carepathway.mllp.FakeReceiver;
import org.springframework.util.FileSystemUtils;

/** Four EHRs and a port of HL7 v2 behind a bad network, PostgreSQL, and the process that sends. */
final class FaultyHospital implements AutoCloseable {

  private final Map<String, KillableEhr> ehrs = new LinkedHashMap<>();
  private final Map<String, FaultyProxy> proxies = new LinkedHashMap<>();
  private final ScratchPostgres postgres;
  private final FakeReceiver receiver;
  private final String url;
  private Process sending;
  private volatile boolean isCalm;

  FaultyHospital(Path folder) throws Exception {
    postgres = new ScratchPostgres(folder.resolve("database"));
    url = postgres.url();
    receiver = new FakeReceiver(FaultyHospital::acknowledged);
    Path records = folder.resolve("ehrs");
    FileSystemUtils.deleteRecursively(records);
    Files.createDirectories(records);
    for (String vendor : Rig.vendors()) {
      KillableEhr ehr = new KillableEhr(vendor, records);
      ehrs.put(vendor, ehr);
      behindABadNetwork(vendor, ehr::port);
    }
    behindABadNetwork("hl7", receiver::port);
  }

  private void behindABadNetwork(String name, IntSupplier port) throws IOException {
    proxies.put(name, FaultyProxy.before(port, this::mood));
  }

  /** One of four requests meets a fault. */
  private FaultyProxy.Mood mood() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return isCalm || random.nextInt(4) > 0
        ? FaultyProxy.Mood.PASS
        : FaultyProxy.Mood.values()[random.nextInt(FaultyProxy.Mood.values().length)];
  }

  /** Now and then another message first, the same one twice, or only another one. */
  private static List<String> acknowledged(String id) {
    String own = FakeReceiver.accepted(id);
    String other = FakeReceiver.accepted("CP0");
    return switch (ThreadLocalRandom.current().nextInt(20)) {
      case 0 -> List.of(other, own);
      case 1 -> List.of(own, own);
      case 2 -> List.of(other);
      default -> List.of(own);
    };
  }

  String url() {
    return url;
  }

  Set<String> sites() {
    return proxies.keySet();
  }

  Map<String, KillableEhr> ehrs() {
    return ehrs;
  }

  /** Control id to message, in the order in which they were taken. */
  Map<String, String> messages() {
    return receiver.taken();
  }

  boolean isSending() {
    return sending.isAlive();
  }

  void send() throws IOException {
    List<String> arguments = new ArrayList<>(List.of(url));
    proxies.forEach((name, proxy) -> arguments.add(name + '=' + proxy.port()));
    sending =
        JavaProcess.start(
            OwnFolder.file("killed-delivery.log"), "300m", DeliveryProcess.class, arguments);
  }

  void stop() throws InterruptedException {
    sending.destroyForcibly().waitFor();
  }

  void kill(Victim victim, Random random) throws Exception {
    switch (victim) {
      case PROCESS -> {
        stop();
        send();
      }
      case EHR -> ehrs.get(Rig.vendors().get(random.nextInt(Rig.vendors().size()))).kill();
      case DATABASE -> postgres.kill();
    }
  }

  /** What is killed with SIGKILL. */
  enum Victim {
    PROCESS,
    EHR,
    DATABASE
  }

  /** No more faults of anybody, until all is sent. */
  void calm(java.util.function.BooleanSupplier isSent, Duration patience) throws Exception {
    isCalm = true;
    for (KillableEhr ehr : ehrs.values()) {
      ehr.calm();
    }
    await().atMost(patience).until(isSent::getAsBoolean);
    stop();
  }

  @Override
  public void close() throws IOException {
    if (sending != null) {
      sending.destroyForcibly();
    }
    for (FaultyProxy proxy : proxies.values()) {
      proxy.close();
    }
    ehrs.values().forEach(KillableEhr::close);
    receiver.close();
    postgres.close();
  }
}
