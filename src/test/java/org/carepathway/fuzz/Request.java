package org.carepathway.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * @param user a demo user, whose password is the name; null for nobody
 * @param headers lines without their end
 */
record Request(String user, String method, String path, List<String> headers, byte[] body) {

  byte[] bytes(int port) {
    StringBuilder head =
        new StringBuilder("%s /fhir%s HTTP/1.1\r\n".formatted(method, path))
            .append("Host: localhost:%d\r\nConnection: close\r\n".formatted(port));
    if (user != null) {
      head.append("Authorization: Basic ")
          .append(Base64.getEncoder().encodeToString((user + ':' + user).getBytes()))
          .append("\r\n");
    }
    headers.forEach(header -> head.append(header).append("\r\n"));
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    all.writeBytes(body);
    return all.toByteArray();
  }

  @Override
  public String toString() {
    return new String(bytes(0), StandardCharsets.UTF_8);
  }
}
