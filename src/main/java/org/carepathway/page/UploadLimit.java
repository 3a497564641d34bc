package org.carepathway.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.web.servlet.MultipartProperties;
import org.springframework.context.MessageSource;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses files that are too large together before anything reads them (413), in plain words: a
 * request that is cut off while it is read has no token either, and whatever makes a page of the
 * error would read it again.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class UploadLimit extends OncePerRequestFilter {

  private final DataSize most;

  private final MessageSource messages;

  UploadLimit(MultipartProperties multipart, MessageSource messages) {
    this.most = multipart.getMaxRequestSize();
    this.messages = messages;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (isMultipart(request) && request.getContentLengthLong() > most.toBytes()) {
      response.setStatus(HttpStatus.PAYLOAD_TOO_LARGE.value());
      response.setContentType("text/plain;charset=UTF-8");
      response
          .getWriter()
          .write(said("error.413", request) + ".\n" + said("error.413.what", request));
    } else {
      chain.doFilter(request, response);
    }
  }

  private String said(String key, HttpServletRequest request) {
    return messages.getMessage(key, null, request.getLocale());
  }

  private static boolean isMultipart(HttpServletRequest request) {
    return request.getContentType() != null && request.getContentType().startsWith("multipart/");
  }
}
