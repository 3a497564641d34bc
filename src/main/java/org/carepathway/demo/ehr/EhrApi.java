package org.carepathway.demo.ehr;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;

/** The FHIR API of the small EHR: what it can do, reads, searches and writes, each with a token. */
final class EhrApi {

  private final String base;
  private final EhrRecords records;
  private final EhrTokens tokens;
  private final EhrSearch search;
  private final EhrWrites writes;

  /**
   * @param tokens null for an EHR that wants none
   */
  EhrApi(String base, EhrRecords records, EhrManner manner, EhrTokens tokens) {
    this.base = base;
    this.records = records;
    this.tokens = tokens;
    this.search = new EhrSearch(records, base, manner.needsPatient());
    this.writes = new EhrWrites(records, manner);
  }

  void answer(EhrExchange exchange) throws IOException {
    String[] parts = exchange.path().split("/");
    if (parts.length == 3 && parts[2].equals("metadata")) {
      resource(exchange, 200, writes.capability());
      return;
    }
    boolean isSearch = parts.length == 4 && parts[3].equals("_search");
    boolean isWrite = !exchange.method().equals("GET") && !isSearch;
    requireToken(exchange, isWrite);
    if (isWrite) {
      write(exchange, parts);
      return;
    }
    Map<String, String> asked = exchange.query();
    Resource answer;
    if (parts.length == 3 && parts[2].equals("_page")) {
      answer = search.page(asked.getOrDefault("token", ""));
    } else if (parts.length == 3) {
      answer = search.search(parts[2], asked);
    } else if (isSearch) {
      asked.putAll(exchange.form());
      answer = search.search(parts[2], asked);
    } else if (parts.length == 4) {
      answer =
          records
              .read(parts[2], parts[3])
              .orElseThrow(() -> new Refused(404, "not-found", "There is no such resource"));
    } else {
      throw new Refused(404, "not-found", "There is nothing at this address");
    }
    if (answer instanceof Bundle page) {
      // Where it was asked, which may be a proxy before it.
      String here = "http://" + exchange.header("Host") + "/fhir";
      page.getLink().forEach(link -> link.setUrl(link.getUrl().replace(base, here)));
    }
    resource(exchange, 200, answer);
  }

  private void requireToken(EhrExchange exchange, boolean isWrite) {
    if (tokens == null) {
      return;
    }
    if (!tokens.isGood(exchange.bearer())) {
      throw new Refused(401, "login", "A token is needed");
    }
    if (isWrite && !tokens.mayWrite(exchange.bearer())) {
      throw new Refused(403, "forbidden", "The token has no scope to write");
    }
  }

  private void write(EhrExchange exchange, String[] parts) throws IOException {
    String type = exchange.header("Content-Type");
    if (type == null || !type.contains("json")) {
      throw new Refused(415, "not-supported", "JSON only");
    }
    String body = exchange.body();
    if (exchange.method().equals("POST") && parts.length == 3) {
      EhrWrites.Answer answer = writes.create(parts[2], body, exchange.header("If-None-Exist"));
      exchange.header(
          "Location",
          base
              + '/'
              + answer.resource().fhirType()
              + '/'
              + answer.resource().getIdElement().getIdPart()
              + "/_history/1");
      resource(exchange, answer.isNew() ? 201 : 200, answer.resource());
    } else if (exchange.method().equals("PUT") && parts.length == 4) {
      resource(exchange, 200, writes.update(parts[2], parts[3], body, exchange.header("If-Match")));
    } else {
      throw new Refused(405, "not-supported", "Neither a create nor an update");
    }
  }

  private static void resource(EhrExchange exchange, int status, Resource resource)
      throws IOException {
    exchange.send(
        status,
        "application/fhir+json; charset=utf-8",
        FhirContext.forR4Cached().newJsonParser().encodeResourceToString(resource));
  }
}
