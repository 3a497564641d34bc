package org.carepathway.ehr;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/** What is thrown when an EHR answers otherwise than it is asked. */
public final class EhrFaults {

  private EhrFaults() {}

  /**
   * @param code of the OperationOutcome that comes with it
   */
  public static EhrFault answered(int status, String code) {
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      http.createContext(
          "/",
          exchange -> {
            byte[] body =
                "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"%s\"}]}"
                    .formatted(code)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      http.start();
      try {
        Asking.server(
                URI.create("http://localhost:" + http.getAddress().getPort() + "/fhir"),
                List.of(),
                Clock.systemUTC())
            .create("Procedure", "{}", null);
        throw new IllegalStateException("it was taken");
      } catch (EhrFault fault) {
        return fault;
      } finally {
        http.stop(0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
