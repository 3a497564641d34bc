package org.carepathway.fhir;

import ca.uhn.fhir.parser.DataFormatException;
import java.io.IOException;
import javax.xml.stream.XMLStreamException;

/**
 * Reads through a body once, before anything is built of it: no number is too large, and XML has no
 * DTD. HAPI's validator computes with numbers, so it must not be the first to see them.
 */
final class BodyScan {

  private BodyScan() {}

  /**
   * @throws DataFormatException when it is neither JSON nor XML, and for a DTD
   */
  static BodyFindings of(String body) {
    BodyFindings findings = new BodyFindings();
    try {
      if (isXml(body)) {
        new XmlScan(findings).read(body);
      } else {
        new JsonScan(findings).read(body);
      }
    } catch (IOException | XMLStreamException e) {
      throw new DataFormatException(e.getMessage(), e);
    }
    return findings;
  }

  static boolean isXml(String body) {
    return body.startsWith("<");
  }
}
