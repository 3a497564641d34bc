package org.carepathway.delivery;

import ca.uhn.fhir.context.FhirContext;
import org.carepathway.content.Catalogue;
import org.carepathway.content.PathwayContent;
import org.carepathway.content.SentKind;
import org.carepathway.outbox.Outbox;
import org.carepathway.outbox.Written;
import org.carepathway.record.RecordHeader;
import org.carepathway.record.RecordWritten;
import org.carepathway.template.FhirPathException;
import org.hl7.fhir.r4.model.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Puts what a step has written, and the table of its pathway names, into the outbox of each site,
 * in the step's transaction.
 */
@Component
class WrittenHere {

  private static final Logger LOG = LoggerFactory.getLogger(WrittenHere.class);

  private final Sites sites;
  private final Catalogue catalogue;
  private final InWords words;
  private final Outbox outbox;
  private final ReferralLoop loop;

  WrittenHere(Sites sites, Catalogue catalogue, InWords words, Outbox outbox, ReferralLoop loop) {
    this.sites = sites;
    this.catalogue = catalogue;
    this.words = words;
    this.outbox = outbox;
    this.loop = loop;
  }

  @EventListener
  void on(RecordWritten written) {
    catalogue.offered().stream()
        .filter(content -> written.header().plan().startsWith(content.plan().getUrl() + '|'))
        .findFirst()
        .ifPresent(content -> written(written, content));
  }

  private void written(RecordWritten written, PathwayContent content) {
    if (!sites.names().isEmpty()) {
      written.written().forEach(one -> put(written.header(), content, one));
    }
    loop.written(written, content, task -> put(written.header(), content, task));
  }

  private void put(RecordHeader header, PathwayContent content, Resource resource) {
    content
        .sent()
        .of(resource, kind -> holds(kind, resource))
        .ifPresent(
            kind ->
                sites
                    .names()
                    .forEach(
                        site ->
                            outbox.add(
                                new Written(
                                    site,
                                    header.patientId(),
                                    header.pathwayId(),
                                    content.key(),
                                    kind.name(),
                                    resource.fhirType() + '/' + resource.getIdElement().getIdPart(),
                                    FhirContext.forR4Cached()
                                        .newJsonParser()
                                        .encodeResourceToString(resource)))));
  }

  /** A condition that cannot be asked of a resource must not undo the step that wrote it. */
  private boolean holds(SentKind kind, Resource resource) {
    try {
      return words.holds(kind, resource);
    } catch (FhirPathException e) {
      LOG.error(
          "The row {} of what is sent cannot be asked of a {}",
          kind.name(),
          resource.fhirType(),
          e);
      return false;
    }
  }
}
