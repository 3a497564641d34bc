package org.carepathway.worklist.web;

import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open worklists, as server-sent events, which tasks changed: their ids and nothing else. A
 * browser that is slow to read holds up no other.
 */
@Controller
class LiveTasks {

  /** Then the browser connects again, by itself and only while its session lives. */
  private static final Duration LIFE = Duration.ofMinutes(5);

  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private final ExecutorService senders = Executors.newCachedThreadPool(LiveTasks::daemon);

  @GetMapping(path = "/worklist/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter events() {
    SseEmitter emitter = new SseEmitter(LIFE.toMillis());
    Listener listener = new Listener(emitter, senders);
    emitter.onCompletion(() -> listeners.remove(listener));
    emitter.onError(fault -> listeners.remove(listener));
    emitter.onTimeout(emitter::complete);
    listeners.add(listener);
    // The answer begins at once, so that the browser knows it is connected.
    listener.greet();
    return emitter;
  }

  /** Passes on what changed. */
  void tell(Collection<String> taskIds) {
    listeners.forEach(listener -> listener.tell(taskIds));
  }

  /** Before the web server waits for its open answers: these would never end by themselves. */
  @EventListener(ContextClosedEvent.class)
  void close() {
    listeners.forEach(Listener::end);
  }

  @PreDestroy
  void stop() {
    senders.shutdownNow();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "task-events");
    thread.setDaemon(true);
    return thread;
  }
}
