package org.carepathway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.carepathway.RunningService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Two replicas that keep and link events at once on one PostgreSQL make one chain. */
class ManyWritersTest extends RunningService {

  private static final int REPLICAS = 2;
  private static final int WRITERS = 4;
  private static final int EVENTS = 300;

  @Autowired private DataSource service;

  @Test
  void twoReplicasMakeOneChain() throws Exception {
    ScratchAudit scratch = new ScratchAudit(service);
    ExecutorService threads = Executors.newFixedThreadPool(REPLICAS * WRITERS);
    try {
      List<CompletableFuture<Void>> work = new ArrayList<>();
      List<Audit> replicas = IntStream.range(0, REPLICAS).mapToObj(n -> scratch.replica()).toList();
      for (Audit replica : replicas) {
        IntStream.range(0, WRITERS)
            .mapToObj(n -> CompletableFuture.runAsync(() -> write(replica), threads))
            .forEach(work::add);
      }
      work.forEach(CompletableFuture::join);
      replicas.forEach(Audit::flush);

      AuditVerifier.Result result = scratch.verify();

      assertThat(result.findings()).isEmpty();
      assertThat(result.events()).isEqualTo((long) REPLICAS * WRITERS * EVENTS);
    } finally {
      threads.shutdownNow();
      scratch.drop();
    }
  }

  @Test
  void aServiceThatStopsWritesWhatItHolds() throws Exception {
    ScratchAudit scratch = new ScratchAudit(service);
    try {
      Audit replica = scratch.replica();
      IntStream.range(0, EVENTS).forEach(n -> replica.keepSoon(ScratchAudit.read("reader")));

      replica.stop();

      AuditVerifier.Result result = scratch.verify();
      assertThat(result.findings()).isEmpty();
      assertThat(result.events()).isEqualTo(EVENTS);
    } finally {
      scratch.drop();
    }
  }

  /** Keeps and links in turn, so that the links of both replicas meet. */
  private static void write(Audit replica) {
    for (int n = 0; n < EVENTS; n++) {
      replica.keepSoon(ScratchAudit.read("writer"));
      if (n % 10 == 0) {
        replica.flush();
      }
    }
  }
}
