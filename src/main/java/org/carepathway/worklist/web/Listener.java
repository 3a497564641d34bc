package org.carepathway.worklist.web;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** One open worklist. What changes while it is being written to is sent together afterwards. */
final class Listener {

  private final SseEmitter emitter;
  private final ExecutorService senders;
  private final Set<String> waiting = new LinkedHashSet<>();
  private boolean sending;

  Listener(SseEmitter emitter, ExecutorService senders) {
    this.emitter = emitter;
    this.senders = senders;
  }

  void greet() {
    submit(() -> emitter.send(SseEmitter.event().comment("connected")));
  }

  synchronized void tell(Collection<String> taskIds) {
    waiting.addAll(taskIds);
    if (!sending) {
      sending = true;
      submit(this::send);
    }
  }

  void end() {
    emitter.complete();
  }

  private void send() throws IOException {
    for (String next = next(); next != null; next = next()) {
      emitter.send(SseEmitter.event().name("tasks").data(next));
    }
  }

  private synchronized String next() {
    if (waiting.isEmpty()) {
      sending = false;
      return null;
    }
    String all = String.join("\n", waiting);
    waiting.clear();
    return all;
  }

  private void submit(Sending task) {
    senders.execute(
        () -> {
          try {
            task.run();
          } catch (IOException | IllegalStateException gone) {
            emitter.completeWithError(gone);
          }
        });
  }

  /** Writing to a browser, which may be gone. */
  private interface Sending {
    void run() throws IOException;
  }
}
