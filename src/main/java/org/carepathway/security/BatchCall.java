package org.carepathway.security;

import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import ca.uhn.fhir.util.UrlUtil;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.carepathway.fhir.SearchUrls;
import org.springframework.http.HttpHeaders;

/**
 * An entry of a batch as a request of its own: its method, address, conditions and body, from the
 * same sender at the same place.
 */
final class BatchCall extends HttpServletRequestWrapper {

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

  /** What of {@code Bundle.entry.request} is a header in a request. */
  private static final Map<String, String> CONDITIONS =
      Map.of(
          "ifNoneMatch", HttpHeaders.IF_NONE_MATCH,
          "ifModifiedSince", HttpHeaders.IF_MODIFIED_SINCE,
          "ifMatch", HttpHeaders.IF_MATCH,
          "ifNoneExist", Constants.HEADER_IF_NONE_EXIST);

  private final String method;
  private final String path;
  private final String query;
  private final byte[] body;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, Object> attributes = new HashMap<>();
  private final Map<String, String[]> parameters;

  private BatchCall(HttpServletRequest batch, String method, String url, JsonNode entry) {
    super(batch);
    int mark = url.indexOf('?');
    this.method = method;
    this.path = mark < 0 ? url : url.substring(0, mark);
    this.query = mark < 0 ? null : url.substring(mark + 1);
    this.parameters = query == null ? Map.of() : UrlUtil.parseQueryString(query);
    JsonNode resource = entry.path("resource");
    boolean patch =
        method.equals("PATCH") && "Binary".equals(resource.path("resourceType").asText());
    this.body =
        patch
            ? Base64.getMimeDecoder().decode(resource.path("data").asText())
            : BatchEntries.bytes(resource);
    headers.put(HttpHeaders.ACCEPT, Constants.CT_FHIR_JSON_NEW);
    headers.put("Prefer", "return=minimal");
    if (body.length > 0) {
      headers.put(
          HttpHeaders.CONTENT_TYPE,
          patch ? resource.path("contentType").asText() : Constants.CT_FHIR_JSON_NEW);
      headers.put(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length));
    }
    CONDITIONS.forEach(
        (element, header) ->
            Optional.ofNullable(entry.path("request").path(element).asText(null))
                .ifPresent(value -> headers.put(header, value)));
  }

  /** Empty where an entry is no request to something here; a batch in a batch is none. */
  static Optional<BatchCall> of(ServletRequestDetails batch, JsonNode entry) {
    String method = entry.path("request").path("method").asText();
    String url = entry.path("request").path("url").asText();
    String base = batch.getFhirServerBase() + '/';
    String relative =
        (url.startsWith(base) ? url.substring(base.length()) : url).replaceFirst("^/", "");
    return METHODS.contains(method)
            && relative.matches("[A-Za-z$_].*")
            && !relative.contains("://")
            && SearchUrls.isEscaped(relative)
        ? Optional.of(new BatchCall(batch.getServletRequest(), method, relative, entry))
        : Optional.empty();
  }

  @Override
  public String getMethod() {
    return method;
  }

  @Override
  public String getRequestURI() {
    return getContextPath() + getServletPath() + getPathInfo();
  }

  @Override
  public StringBuffer getRequestURL() {
    String outer = super.getRequestURL().toString();
    String place = getContextPath() + getServletPath();
    return new StringBuffer(
        outer.substring(0, outer.indexOf(place, outer.indexOf("//") + 2) + place.length())
            + getPathInfo());
  }

  @Override
  public String getPathInfo() {
    return '/' + path;
  }

  @Override
  public String getQueryString() {
    return query;
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return parameters;
  }

  @Override
  public String getParameter(String name) {
    String[] values = parameters.get(name);
    return values == null ? null : values[0];
  }

  @Override
  public String[] getParameterValues(String name) {
    return parameters.get(name);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(parameters.keySet());
  }

  @Override
  public String getHeader(String name) {
    return headers.get(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return Collections.enumeration(
        headers.containsKey(name) ? List.of(headers.get(name)) : List.of());
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    return Collections.enumeration(headers.keySet());
  }

  @Override
  public String getContentType() {
    return headers.get(HttpHeaders.CONTENT_TYPE);
  }

  @Override
  public String getCharacterEncoding() {
    return StandardCharsets.UTF_8.name();
  }

  @Override
  public int getContentLength() {
    return body.length;
  }

  @Override
  public long getContentLengthLong() {
    return body.length;
  }

  /** What is noted on one entry's request is not another one's, but for the time of all. */
  @Override
  public Object getAttribute(String name) {
    return ReadingTime.NOTE.equals(name) ? super.getAttribute(name) : attributes.get(name);
  }

  @Override
  public void setAttribute(String name, Object value) {
    if (ReadingTime.NOTE.equals(name)) {
      super.setAttribute(name, value);
    } else {
      attributes.put(name, value);
    }
  }

  @Override
  public void removeAttribute(String name) {
    attributes.remove(name);
  }

  @Override
  public Enumeration<String> getAttributeNames() {
    return Collections.enumeration(attributes.keySet());
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
  }

  @Override
  public ServletInputStream getInputStream() {
    return new Body(new ByteArrayInputStream(body));
  }

  /** The body, which is there at once. */
  private static final class Body extends ServletInputStream {

    private final ByteArrayInputStream bytes;

    private Body(ByteArrayInputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new IllegalStateException("an entry of a batch is read at once");
    }
  }
}
