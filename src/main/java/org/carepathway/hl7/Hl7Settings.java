package org.carepathway.hl7;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * HL7 v2 over MLLP, {@code carepathway.hl7.*}. Without a feed no port is opened.
 *
 * @param mapping a folder with tables of the site; what it lacks is taken from the service
 * @param feeds by their names, as the audit calls them
 */
@Validated
@ConfigurationProperties("carepathway.hl7")
record Hl7Settings(Path mapping, @DefaultValue Map<String, @Valid Feed> feeds) {

  /**
   * A port and who sends there.
   *
   * @param port 0 for one that is free
   * @param address to listen at; without it every one of the machine
   * @param senders addresses or networks ({@code 10.1.2.0/24}) that may connect
   * @param sslBundle name of a bundle of {@code spring.ssl.bundle}; with it TLS is required, and a
   *     certificate of the client that its trust store knows
   * @param largest a message
   * @param longest how long a message may take from its first byte to its last
   * @param connections at most, at once
   * @param charset of messages whose MSH-18 is empty
   * @param zone of times without an offset where MSH-7 has none either; that of the site where it
   *     is not set
   * @param patients which number of PID-3 names the patient: the assigning authority (CX.4, its
   *     name or its id); where it is not set the first of the type MR, else the first
   */
  record Feed(
      @NotNull @Min(0) @Max(65535) Integer port,
      InetAddress address,
      @DefaultValue("127.0.0.1") List<String> senders,
      String sslBundle,
      @DefaultValue("20MB") DataSize largest,
      @DefaultValue("60s") Duration longest,
      @DefaultValue("32") int connections,
      @DefaultValue("UTF-8") Charset charset,
      ZoneId zone,
      String patients) {}
}
