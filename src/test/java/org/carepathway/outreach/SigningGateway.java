package org.carepathway.outreach;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A gateway for text messages, which knows a message again by its key and checks signatures. */
final class SigningGateway implements AutoCloseable {

  static final String SECRET = "a-secret-of-the-gateway";

  private final ObjectMapper json = new ObjectMapper();
  private final List<UUID> posted = new CopyOnWriteArrayList<>();
  private final List<String> refused = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  SigningGateway() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.createContext("/", this::take);
    server.setExecutor(threads);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The id of each request, also where one came again. */
  List<UUID> posted() {
    return List.copyOf(posted);
  }

  /** What did not carry the right signature or key. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      JsonNode message = json.readTree(body);
      String id = message.path("id").asText();
      boolean isRight =
          Signature.is(
                  exchange.getRequestHeaders().getFirst("X-Signature"),
                  SECRET,
                  exchange.getRequestHeaders().getFirst("X-Timestamp"),
                  body)
              && id.equals(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
      if (!isRight) {
        refused.add(id);
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      posted.add(UUID.fromString(id));
      byte[] answer = "{\"id\":\"g-%s\"}".formatted(id).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
