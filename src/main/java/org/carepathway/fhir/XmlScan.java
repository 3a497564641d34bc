package org.carepathway.fhir;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.util.XmlUtil;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import javax.xml.stream.XMLEventReader;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.events.Attribute;
import javax.xml.stream.events.StartElement;
import javax.xml.stream.events.XMLEvent;

/** Reads through XML element by element and notes what it finds. */
final class XmlScan {

  private final BodyFindings findings;

  XmlScan(BodyFindings findings) {
    this.findings = findings;
  }

  void read(String body) throws XMLStreamException {
    XMLEventReader xml = XmlUtil.createXmlReader(new StringReader(body));
    Deque<String> path = new ArrayDeque<>();
    Deque<Integer> within = new ArrayDeque<>();
    within.push(0);
    while (xml.hasNext()) {
      XMLEvent event = xml.nextEvent();
      if (event.getEventType() == XMLEvent.DTD) {
        throw new DataFormatException("A document type declaration (DTD) is not taken.");
      }
      if (event instanceof StartElement element) {
        path.addLast(element.getName().getLocalPart());
        findings.isOf(path.getFirst());
        findings.defines(path.getLast());
        within.push(within.pop() + 1);
        if (findings.tooMany() == null && within.peek() > BodyFindings.most(path.getLast())) {
          findings.tooMany(String.join(".", path));
        }
        within.push(0);
        for (Iterator<Attribute> all = element.getAttributes(); all.hasNext(); ) {
          findings.quoted(all.next().getValue(), String.join(".", path));
        }
      } else if (event.isEndElement()) {
        path.removeLast();
        within.pop();
      }
    }
  }
}
