package org.carepathway.subscription;

import ca.uhn.fhir.context.FhirContext;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;

/** The endpoint of a subscriber: a server of its own that keeps what it is told. */
final class Receiver implements AutoCloseable {

  private static final FhirContext FHIR = FhirContext.forR4Cached();

  private final HttpServer server;
  private final List<Told> told = new CopyOnWriteArrayList<>();

  /** The status that it answers with; below 100 it cuts the connection. */
  private volatile IntSupplier answer = () -> 200;

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/told", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int status = answer.getAsInt();
    told.add(new Told(exchange.getRequestHeaders(), body, status));
    if (status < 100) {
      exchange.close();
      return;
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  String address() {
    return "http://localhost:" + server.getAddress().getPort() + "/told";
  }

  void answers(int status) {
    answers(() -> status);
  }

  void answers(IntSupplier status) {
    answer = status;
  }

  /** All that came, what it did not take included. */
  List<Told> all() {
    return List.copyOf(told);
  }

  List<Told> of(String type) {
    return told.stream().filter(one -> one.type().equals(type)).toList();
  }

  /** Numbers of the events of the notifications that it has taken. */
  List<Long> numbers() {
    return of("event-notification").stream()
        .filter(one -> one.status() == 200)
        .flatMap(one -> one.events().stream())
        .map(Event::number)
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  record Event(long number, String timestamp, String focus) {}

  /** One notification. */
  record Told(Headers headers, String body, int status) {

    Bundle bundle() {
      return (Bundle)
          (body.startsWith("<") ? FHIR.newXmlParser() : FHIR.newJsonParser()).parseResource(body);
    }

    Parameters parameters() {
      return (Parameters) bundle().getEntryFirstRep().getResource();
    }

    String type() {
      return value("type");
    }

    String value(String name) {
      ParametersParameterComponent found = parameters().getParameter(name);
      return found == null ? null : text(found);
    }

    List<Event> events() {
      return parameters().getParameters("notification-event").stream()
          .map(
              event ->
                  new Event(
                      Long.parseLong(part(event, "event-number")),
                      part(event, "timestamp"),
                      part(event, "focus")))
          .toList();
    }

    private static String part(ParametersParameterComponent event, String name) {
      return event.getPart().stream()
          .filter(part -> part.getName().equals(name))
          .findFirst()
          .map(Told::text)
          .orElse(null);
    }

    private static String text(ParametersParameterComponent parameter) {
      return parameter.getValue() instanceof Reference reference
          ? reference.getReference()
          : ((PrimitiveType<?>) parameter.getValue()).getValueAsString();
    }
  }
}
