package org.carepathway.fhirfeed;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.carepathway.ehr.EhrServers;
import org.carepathway.fhir.Numbers;
import org.carepathway.incoming.Subjects;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;

/** A resource of an EHR as it is stored here. */
@Component
class Translation {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VERSION = "/_history/";

  private final EhrServers servers;
  private final References references;

  Translation(EhrServers servers, References references) {
    this.servers = servers;
    this.references = references;
  }

  /**
   * Why a resource must not be taken: R4 wants nobody to read on who does not know what changes its
   * meaning (chapters 2.4.0.3 and 2.6.3.2).
   */
  static Optional<String> notUnderstood(byte[] content) {
    JsonNode said;
    try {
      said = JSON.readTree(content);
    } catch (IOException unreadable) {
      return Optional.of("It cannot be read as JSON.");
    }
    return Stream.of("implicitRules", "modifierExtension")
        .filter(name -> said.findValue(name) != null)
        .map(
            name -> "It has %s that are not known here and may change its meaning.".formatted(name))
        .findFirst();
  }

  /** By which a resource may be known here already. */
  List<Identifier> numbers(Resource said) {
    return Stream.ofNullable(said.getNamedProperty("identifier"))
        .map(Property::getValues)
        .flatMap(List::stream)
        .map(Identifier.class::cast)
        .filter(Numbers::isWhole)
        .toList();
  }

  /** Whether a later version of the EHR's was taken before: a copy of the EHR's may lag behind. */
  boolean isOlder(Resource said, Resource before) {
    String source = before.getMeta().getSource();
    String[] taken = source == null ? new String[0] : source.split("#")[0].split(VERSION);
    String version = said.getMeta().getVersionId();
    return taken.length == 2
        && taken[0].endsWith('/' + said.fhirType() + '/' + said.getIdElement().getIdPart())
        && isNumber(taken[1])
        && isNumber(version)
        && Long.parseLong(version) < Long.parseLong(taken[1]);
  }

  private static boolean isNumber(String version) {
    return version != null && version.matches("\\d{1,18}");
  }

  /**
   * @param before as it is known here, or new with its id
   * @param patient our id
   */
  Resource ours(Resource said, Resource before, String feed, String patient) {
    String base = servers.server(feed).base();
    String version = said.getMeta().getVersionId();
    String source =
        base
            + '/'
            + said.fhirType()
            + '/'
            + said.getIdElement().getIdPart()
            + (version == null ? "" : VERSION + version);
    Meta meta = new Meta().setSource(source);
    meta.setSecurity(said.getMeta().getSecurity());
    Resource ours = said.copy();
    ours.setMeta(meta);
    ours.setId(before.getIdElement().toUnqualifiedVersionless());
    if (ours instanceof DomainResource whole) {
      whole.setText(null);
      whole.getContained().forEach(one -> one.setMeta(null));
    }
    references.translate(ours, feed, base, subject(ours), patient);
    Subjects.set(ours, patient);
    FhirContext.forR4Cached()
        .newTerser()
        .getAllPopulatedChildElementsOfType(ours, Attachment.class)
        .forEach(file -> whole(file, base));
    return ours;
  }

  private static void whole(Attachment file, String base) {
    if (file.hasUrl() && !file.getUrl().contains(":")) {
      file.setUrl(base + '/' + file.getUrl());
    }
  }

  private static String subject(Resource said) {
    return Stream.of("subject", "patient")
        .map(said::getNamedProperty)
        .filter(property -> property != null && property.hasValues())
        .map(property -> (Reference) property.getValues().get(0))
        .map(Reference::getReference)
        .findFirst()
        .orElse(null);
  }
}
