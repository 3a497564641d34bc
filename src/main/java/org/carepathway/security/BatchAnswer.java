package org.carepathway.security;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpHeaders;

/** Keeps the answer to one entry of a batch, which becomes an entry of the batch's answer. */
final class BatchAnswer extends HttpServletResponseWrapper {

  private static final long NEVER = -1;

  private final HttpHeaders headers = new HttpHeaders();
  private final Map<String, Long> dates = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final PrintWriter writer =
      new PrintWriter(new OutputStreamWriter(body, StandardCharsets.UTF_8));
  private int status = SC_OK;
  private String contentType;

  BatchAnswer(HttpServletResponse batch) {
    super(batch);
  }

  String body() {
    writer.flush();
    return body.toString(StandardCharsets.UTF_8);
  }

  /** In milliseconds since 1970; -1 where the header is not there. */
  long date(String name) {
    return dates.containsKey(name)
        ? dates.get(name)
        : headers.containsKey(name) ? headers.getFirstDate(name) : NEVER;
  }

  @Override
  public PrintWriter getWriter() {
    return writer;
  }

  @Override
  public ServletOutputStream getOutputStream() {
    return new Body(body);
  }

  @Override
  public void setStatus(int status) {
    this.status = status;
  }

  @Override
  public void sendError(int status) {
    this.status = status;
  }

  @Override
  public void sendError(int status, String message) {
    this.status = status;
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void setHeader(String name, String value) {
    headers.set(name, value);
  }

  @Override
  public void addHeader(String name, String value) {
    headers.add(name, value);
  }

  @Override
  public void setDateHeader(String name, long date) {
    dates.put(name, date);
  }

  @Override
  public void addDateHeader(String name, long date) {
    dates.put(name, date);
  }

  @Override
  public void setIntHeader(String name, int value) {
    headers.set(name, String.valueOf(value));
  }

  @Override
  public void addIntHeader(String name, int value) {
    headers.add(name, String.valueOf(value));
  }

  @Override
  public boolean containsHeader(String name) {
    return headers.containsKey(name);
  }

  @Override
  public String getHeader(String name) {
    return headers.getFirst(name);
  }

  @Override
  public Collection<String> getHeaders(String name) {
    return headers.getValuesAsList(name);
  }

  @Override
  public Collection<String> getHeaderNames() {
    return headers.keySet();
  }

  @Override
  public void setContentType(String type) {
    contentType = type;
  }

  @Override
  public String getContentType() {
    return contentType;
  }

  @Override
  public void setCharacterEncoding(String encoding) {
    // Always UTF-8.
  }

  @Override
  public void setContentLength(int length) {
    // That of the batch's answer is another one.
  }

  @Override
  public void setContentLengthLong(long length) {
    // As above.
  }

  @Override
  public boolean isCommitted() {
    return false;
  }

  @Override
  public void flushBuffer() {
    writer.flush();
  }

  @Override
  public void reset() {
    body.reset();
  }

  /** The body, which takes all. */
  private static final class Body extends ServletOutputStream {

    private final ByteArrayOutputStream bytes;

    private Body(ByteArrayOutputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public void write(int one) {
      bytes.write(one);
    }

    @Override
    public void write(byte[] some, int offset, int length) {
      bytes.write(some, offset, length);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new IllegalStateException("an entry of a batch is answered at once");
    }
  }
}
