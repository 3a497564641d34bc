package org.carepathway.ehr;

import io.github.bucket4j.Bucket;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/** Calls of one EHR: signed in, within its budget, and none while it is left alone. */
final class EhrCalls {

  private final SmartAccount account;
  private final Circuit circuit;
  private final Bucket budget;

  EhrCalls(EhrSettings.Feed settings, EhrHttp http, SmartKeys keys, Clock clock) {
    this.account = settings.client() == null ? null : new SmartAccount(settings, http, keys, clock);
    this.circuit = new Circuit(settings.interval(), clock);
    this.budget =
        Bucket.builder()
            .addLimit(
                limit ->
                    limit
                        .capacity(settings.budget())
                        .refillGreedy(settings.budget(), Duration.ofMinutes(1)))
            .build();
  }

  /**
   * @param call by a token; null where the EHR asks for none
   * @throws EhrFault where it fails, is left alone, or the service stops
   */
  HttpResponse<byte[]> make(Function<String, HttpResponse<byte[]>> call) {
    return make(call, Function.identity());
  }

  /**
   * @param read an answer that it cannot read is a fault of the EHR
   */
  <T> T make(Function<String, HttpResponse<byte[]>> call, Function<HttpResponse<byte[]>, T> read) {
    circuit.requireClosed();
    try {
      budget.asBlocking().consume(1);
      T answer = read.apply(signedIn(call));
      circuit.answered();
      return answer;
    } catch (EhrFault fault) {
      circuit.failed(fault);
      throw fault;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new EhrFault(EhrFault.Kind.UNREACHABLE, "The service stops");
    }
  }

  /** A token that is not taken any more is replaced once. */
  private HttpResponse<byte[]> signedIn(Function<String, HttpResponse<byte[]>> call) {
    if (account == null) {
      return call.apply(null);
    }
    String token = account.token();
    try {
      return call.apply(token);
    } catch (EhrFault fault) {
      if (fault.kind() != EhrFault.Kind.SIGN_IN) {
        throw fault;
      }
      account.refused(token);
      return call.apply(account.token());
    }
  }
}
