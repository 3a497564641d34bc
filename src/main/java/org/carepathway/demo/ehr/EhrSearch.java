package org.carepathway.demo.ehr;

import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;

/**
 * Searches as hospitals' EHRs allow them: for one patient, by few parameters, what is not known is
 * refused. Pages are cut from what is there when each is asked for.
 */
final class EhrSearch {

  private static final Set<String> KNOWN =
      Set.of(
          "patient",
          "identifier",
          "_id",
          "_lastUpdated",
          "_count",
          "_offset",
          "category",
          "status");
  private static final Set<String> ONE_OF = Set.of("patient", "identifier", "_id");
  private static final int LARGEST_PAGE = 100;
  private static final int USUAL_PAGE = 10;

  private final EhrRecords records;
  private final String base;
  private final boolean needsPatient;

  EhrSearch(EhrRecords records, String base, boolean needsPatient) {
    this.records = records;
    this.base = base;
    this.needsPatient = needsPatient;
  }

  Bundle search(String type, Map<String, String> asked) {
    asked.keySet().stream()
        .filter(name -> !KNOWN.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new Refused(400, "not-supported", "No search by " + name);
            });
    if (asked.keySet().stream().noneMatch(ONE_OF::contains)) {
      throw new Refused(400, "required", "A search names a patient, an identifier or an id");
    }
    if (needsPatient
        && !type.equals("Patient")
        && !asked.containsKey("patient")
        && !asked.containsKey("_id")) {
      throw new Refused(400, "required", "A search names a patient or an id");
    }
    List<Resource> found = records.all(type).stream().filter(matches(asked)).toList();
    int offset = number(asked, "_offset", 0);
    int count = Math.min(number(asked, "_count", USUAL_PAGE), LARGEST_PAGE);
    Bundle page = new Bundle().setType(BundleType.SEARCHSET).setTotal(found.size());
    found.stream()
        .skip(offset)
        .limit(count)
        .forEach(
            resource ->
                page.addEntry()
                    .setFullUrl(base + '/' + type + '/' + resource.getIdElement().getIdPart())
                    .setResource(resource)
                    .getSearch()
                    .setMode(Bundle.SearchEntryMode.MATCH));
    if (offset + count < found.size()) {
      page.addLink().setRelation("next").setUrl(next(type, asked, offset + count));
    }
    return page;
  }

  /** Nobody can make one up or read in it what was asked. */
  private String next(String type, Map<String, String> asked, int offset) {
    Map<String, String> all = new LinkedHashMap<>(asked);
    all.put("_offset", Integer.toString(offset));
    String query =
        type
            + all.entrySet().stream()
                .map(one -> "\n" + one.getKey() + "\n" + one.getValue())
                .reduce("", String::concat);
    return base
        + "/_page?token="
        + Base64.getUrlEncoder().withoutPadding().encodeToString(query.getBytes());
  }

  Bundle page(String token) {
    String[] parts = new String(Base64.getUrlDecoder().decode(token)).split("\n");
    Map<String, String> asked = new LinkedHashMap<>();
    for (int i = 1; i + 1 < parts.length; i += 2) {
      asked.put(parts[i], parts[i + 1]);
    }
    return search(parts[0], asked);
  }

  private static int number(Map<String, String> asked, String name, int usual) {
    String value = asked.getOrDefault(name, Integer.toString(usual));
    if (!value.matches("\\d{1,6}")) {
      throw new Refused(400, "value", name + " is no number");
    }
    return Integer.parseInt(value);
  }

  private static Predicate<Resource> matches(Map<String, String> asked) {
    return asked.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(one -> matches(one.getKey(), one.getValue()))
        .reduce(resource -> true, Predicate::and);
  }

  private static Predicate<Resource> matches(String name, String value) {
    return switch (name) {
      case "patient" ->
          resource -> references(resource).anyMatch(one -> ("Patient/" + value).equals(one));
      case "_id" -> resource -> resource.getIdElement().getIdPart().equals(value);
      case "identifier" ->
          resource -> Stream.of(value.split(",")).anyMatch(one -> hasNumber(resource, one));
      case "_lastUpdated" -> since(value);
      case "status" ->
          resource ->
              Stream.ofNullable(resource.getNamedProperty("status"))
                  .flatMap(property -> property.getValues().stream())
                  .anyMatch(one -> value.equals(one.primitiveValue()));
      default -> resource -> true;
    };
  }

  /** To whom a resource is about. */
  static Stream<String> references(Resource resource) {
    if (resource instanceof Appointment appointment) {
      return appointment.getParticipant().stream().map(one -> one.getActor().getReference());
    }
    if (resource instanceof Task task) {
      return Stream.of(task.getFor().getReference());
    }
    return Stream.of("subject", "patient")
        .map(resource::getNamedProperty)
        .filter(property -> property != null)
        .flatMap(property -> property.getValues().stream())
        .map(value -> ((Reference) value).getReference());
  }

  static boolean hasNumber(Resource resource, String token) {
    return Stream.ofNullable(resource.getNamedProperty("identifier"))
        .map(Property::getValues)
        .flatMap(List::stream)
        .map(Identifier.class::cast)
        .anyMatch(one -> token.equals(one.getSystem() + '|' + one.getValue()));
  }

  private static Predicate<Resource> since(String value) {
    if (!value.startsWith("ge")) {
      throw new Refused(400, "value", "_lastUpdated takes ge only");
    }
    Date since = new InstantType(value.substring(2)).getValue();
    return resource -> !resource.getMeta().getLastUpdated().before(since);
  }
}
