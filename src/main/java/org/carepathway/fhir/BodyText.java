package org.carepathway.fhir;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The body of a request as text. */
final class BodyText {

  private static final byte[] MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);

  private BodyText() {}

  /**
   * As HAPI will read it, without a byte order mark.
   *
   * @throws InvalidRequestException (400) where bytes are of another character set
   */
  static String of(RequestDetails request) {
    unmark(request);
    return decoded(request.loadRequestContents(), charset(request));
  }

  /** A byte order mark in front says nothing (RFC 8259, 8.1), and HAPI reads none. */
  private static void unmark(RequestDetails request) {
    byte[] body = request.loadRequestContents();
    if (Arrays.equals(body, 0, Math.min(MARK.length, body.length), MARK, 0, MARK.length)) {
      request.setRequestContents(Arrays.copyOfRange(body, MARK.length, body.length));
    }
  }

  private static Charset charset(RequestDetails request) {
    Charset charset = request.getCharset();
    return charset == null ? StandardCharsets.UTF_8 : charset;
  }

  /** A name with a character that was lost on the way must not be stored. */
  private static String decoded(byte[] body, Charset charset) {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidRequestException(
          "The body has bytes that are no %s; send UTF-8.".formatted(charset.name()));
    }
  }
}
