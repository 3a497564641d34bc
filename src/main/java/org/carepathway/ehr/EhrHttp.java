package org.carepathway.ehr;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.util.unit.DataSize;

/**
 * One question, bounded in time and size as a whole. Redirections are not followed: a token must
 * not go to another host.
 */
final class EhrHttp {

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  private static final int FAULT = 500;
  private static final Set<Integer> WRITTEN = Set.of(200, 201, 204);
  private static final Duration LONGEST_REST = Duration.ofHours(1);

  private final Duration longest;
  private final long largest;
  private final Clock clock;
  private final HttpClient http;

  EhrHttp(EhrSettings.Feed settings, Clock clock) {
    this(settings.connect(), settings.answer(), settings.largest(), clock);
  }

  /**
   * @param connect how long a connection may take
   * @param longest how long an answer may take as a whole
   * @param largest an answer
   */
  EhrHttp(Duration connect, Duration longest, DataSize largest, Clock clock) {
    this.longest = longest;
    this.largest = largest.toBytes();
    this.clock = clock;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(connect)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * @param form sent by POST; null for a GET
   * @param token null for none
   * @throws EhrFault where it is not answered with 200
   */
  HttpResponse<byte[]> ask(URI address, String form, String token) {
    HttpRequest.Builder request = request(address);
    if (form != null) {
      request
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(HttpRequest.BodyPublishers.ofString(form));
    }
    HttpResponse<byte[]> answer = signed(request, token);
    if (answer.statusCode() != 200) {
      throw fault(answer);
    }
    return answer;
  }

  /**
   * Writes a resource.
   *
   * @param method POST or PUT
   * @param headers more of them, name to value
   * @throws EhrFault where it is not answered with 200, 201 or 204; no whole answer says nothing of
   *     whether it was written
   */
  HttpResponse<byte[]> write(
      URI address, String method, String body, Map<String, String> headers, String token) {
    HttpRequest.Builder request =
        request(address)
            .header("Content-Type", "application/fhir+json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    HttpResponse<byte[]> answer = signed(request, token);
    if (!WRITTEN.contains(answer.statusCode())) {
      throw fault(answer);
    }
    return answer;
  }

  private HttpRequest.Builder request(URI address) {
    return HttpRequest.newBuilder(address)
        .timeout(longest)
        .header("Accept", "application/fhir+json, application/json;q=0.9")
        .header("Cache-Control", "no-cache");
  }

  private HttpResponse<byte[]> signed(HttpRequest.Builder request, String token) {
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return send(request.build());
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> sent =
        http.sendAsync(request, info -> new LimitedBody(largest));
    try {
      return sent.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      sent.cancel(true);
      throw unreachable("There was no whole answer within " + longest, late);
    } catch (InterruptedException stopped) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      throw unreachable("The question was given up as the service stops", stopped);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof EhrFault known) {
        throw known;
      }
      if (failed.getCause() instanceof IOException fault && root(fault) instanceof EhrFault known) {
        throw known;
      }
      throw unreachable("There is no connection: " + named(failed.getCause()), failed);
    }
  }

  private static Throwable root(Throwable fault) {
    Throwable root = fault;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String named(Throwable fault) {
    String message = fault.getMessage();
    return fault.getClass().getSimpleName() + (message == null ? "" : " (" + message + ")");
  }

  private static EhrFault unreachable(String said, Throwable cause) {
    return new EhrFault(EhrFault.Kind.UNREACHABLE, said, null, cause);
  }

  private EhrFault fault(HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    Duration after = answer.headers().firstValue("Retry-After").map(this::after).orElse(null);
    EhrFault.Kind kind =
        switch (status) {
          case UNAUTHORIZED -> EhrFault.Kind.SIGN_IN;
          case FORBIDDEN -> EhrFault.Kind.FORBIDDEN;
          case TOO_MANY, UNAVAILABLE -> EhrFault.Kind.BUSY;
          default -> status >= FAULT ? EhrFault.Kind.FAULTY : EhrFault.Kind.REFUSED;
        };
    return new EhrFault(
        kind,
        "Answered with " + status + Outcomes.said(answer.body()),
        after,
        null,
        status,
        Outcomes.codes(answer.body()));
  }

  /** Seconds or a date, RFC 9110 chapter 10.2.3; at most an hour. */
  private Duration after(String value) {
    Duration wanted;
    try {
      wanted =
          value.matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(value))
              : Duration.between(
                  Instant.now(clock),
                  ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException unclear) {
      return null;
    }
    return wanted.isNegative() ? null : wanted.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : wanted;
  }
}
