package org.carepathway.demo.ehr;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** What others write at the EHR: refused unless it is as the EHR wants it. */
final class EhrWrites {

  private static final int MOST_CODES = 1;

  private final EhrRecords records;
  private final EhrManner manner;

  EhrWrites(EhrRecords records, EhrManner manner) {
    this.records = records;
    this.manner = manner;
  }

  /**
   * @param isNew whether it was written now
   */
  record Answer(Resource resource, boolean isNew) {}

  /**
   * @param condition of If-None-Exist; null for none
   */
  synchronized Answer create(String type, String body, String condition) {
    require(manner.takes(type, "create"), 405, "not-supported", "No create of " + type);
    require(condition == null || manner.isConditional(), 412, "not-supported", "No If-None-Exist");
    DomainResource resource = checked(type, body);
    if (condition != null) {
      String number = URLDecoder.decode(condition.split("=", 2)[1], StandardCharsets.UTF_8);
      List<Resource> known =
          records.all(type).stream().filter(one -> EhrSearch.hasNumber(one, number)).toList();
      require(known.size() <= MOST_CODES, 412, "multiple-matches", "There are several");
      if (!known.isEmpty()) {
        return new Answer(known.get(0), false);
      }
    }
    require(
        !manner.once().contains(type) || records.all(type).stream().noneMatch(alike(resource)),
        400,
        "59141",
        "It is there already");
    if (!manner.found().contains(type)) {
      withoutNumbers(resource);
    }
    resource.setId(type + '/' + UUID.randomUUID());
    records.received(resource);
    return new Answer(
        records.read(type, resource.getIdElement().getIdPart()).orElse(resource), true);
  }

  synchronized Resource update(String type, String id, String body, String match) {
    require(manner.takes(type, "update"), 405, "not-supported", "No update of " + type);
    DomainResource resource = checked(type, body);
    Resource before =
        records.read(type, id).orElseThrow(() -> new Refused(404, "not-found", "Not here"));
    require(match != null, 400, "required", "If-Match is needed");
    require(
        match.equals("W/\"" + before.getMeta().getVersionId() + '"'),
        manner.conflict(),
        "conflict",
        "Another version is there");
    require(
        resource.getIdElement().getIdPart().equals(id), 400, "invalid", "The ids are not the same");
    if (!manner.found().contains(type)) {
      withoutNumbers(resource);
    }
    records.received(resource);
    return records.read(type, id).orElseThrow();
  }

  private static void withoutNumbers(DomainResource resource) {
    resource.getNamedProperty("identifier").getValues().stream()
        .map(Identifier.class::cast)
        .toList()
        .forEach(number -> resource.removeChild("identifier", number));
  }

  private DomainResource checked(String type, String body) {
    DomainResource resource;
    try {
      IParser parser = FhirContext.forR4Cached().newJsonParser();
      parser.setParserErrorHandler(new StrictErrorHandler());
      resource = (DomainResource) parser.parseResource(body);
    } catch (DataFormatException | ClassCastException e) {
      throw new Refused(400, "structure", "It cannot be read");
    }
    require(resource.fhirType().equals(type), 400, "invalid", "Another type");
    require(!resource.hasModifierExtension(), 422, "extension", "An unknown modifierExtension");
    require(
        EhrSearch.references(resource)
            .filter(reference -> reference != null && reference.startsWith("Patient/"))
            .map(reference -> records.read("Patient", reference.substring(8)))
            .anyMatch(Optional::isPresent),
        422,
        "business-rule",
        "Of no patient here");
    for (var info : FhirContext.forR4Cached().newTerser().getAllResourceReferences(resource)) {
      String reference = ((Reference) info.getResourceReference()).getReference();
      require(
          reference == null
              || reference.startsWith("#")
              || records.read(reference.split("/")[0], reference.split("/")[1]).isPresent(),
          422,
          "not-found",
          "A reference to what is not here");
    }
    return resource;
  }

  private static Predicate<Resource> alike(Resource resource) {
    String kind = kind(resource);
    return other -> kind(other).equals(kind);
  }

  private static String kind(Resource resource) {
    return EhrSearch.references(resource).toList()
        + String.valueOf(
            resource.getNamedProperty("code").getValues().stream()
                .map(code -> ((CodeableConcept) code).getCodingFirstRep())
                .map(coding -> coding.getSystem() + '|' + coding.getCode())
                .toList())
        + String.valueOf(
            resource.getNamedProperty("bodySite") == null
                ? ""
                : resource.getNamedProperty("bodySite").getValues().stream()
                    .map(site -> ((CodeableConcept) site).getCodingFirstRep().getCode())
                    .toList());
  }

  CapabilityStatement capability() {
    CapabilityStatement statement = new CapabilityStatement();
    statement.setStatus(PublicationStatus.ACTIVE);
    statement.setFhirVersion(FHIRVersion._4_0_1);
    statement.getSoftware().setName(manner.name());
    statement.addFormat("application/fhir+json");
    CapabilityStatementRestComponent rest =
        statement.addRest().setMode(RestfulCapabilityMode.SERVER);
    manner
        .writable()
        .forEach(
            (type, interactions) -> {
              CapabilityStatementRestResourceComponent one = rest.addResource().setType(type);
              interactions.forEach(
                  word -> one.addInteraction().setCode(TypeRestfulInteraction.fromCode(word)));
              one.addInteraction().setCode(TypeRestfulInteraction.READ);
              one.addInteraction().setCode(TypeRestfulInteraction.SEARCHTYPE);
              one.addSearchParam().setName("patient").setType(SearchParamType.REFERENCE);
              if (manner.found().contains(type)) {
                one.addSearchParam().setName("identifier").setType(SearchParamType.TOKEN);
              }
              one.setConditionalCreate(manner.isConditional());
            });
    return statement;
  }

  private static void require(boolean holds, int status, String code, String said) {
    if (!holds) {
      throw new Refused(status, code, said);
    }
  }
}
