package org.carepathway.demo.ehr;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.web.util.HtmlUtils;

/** What the EHR has, to look at: what was written to it by others first. */
final class EhrPage {

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head><meta charset="utf-8"><title>Demo EHR</title></head>
      <body>
      <h1>Demo EHR</h1>
      <p>A small EHR with made-up patients. The care pathway service reads it over FHIR at %s once they are referred, and
      writes to it what the pathway does.</p>
      <form action="/chart">
      <label>Chart of <select name="patient">%s</select></label>
      <label>as <select name="user">%s</select></label>
      <button>Open</button>
      </form>
      <h2>What it received</h2>
      %s
      <h2>What it had</h2>
      %s
      </body>
      </html>
      """;

  private static final String TABLE =
      """
      <table>
      <tr><th scope="col">Resource</th><th scope="col">What</th><th scope="col">Status</th><th scope="col">Patient</th>
      <th scope="col">Version</th><th scope="col">Stored</th></tr>
      %s
      </table>
      """;

  private EhrPage() {}

  static String of(EhrRecords records, String base) {
    List<Resource> all = records.all();
    return PAGE.formatted(
        HtmlUtils.htmlEscape(base),
        options(records.all("Patient"), one -> ((Patient) one).getNameFirstRep()),
        options(records.all("Practitioner"), one -> ((Practitioner) one).getNameFirstRep()),
        table(
            all.stream()
                .filter(records::isReceived)
                .sorted(
                    Comparator.comparing((Resource one) -> one.getMeta().getLastUpdated())
                        .reversed())),
        table(all.stream().filter(one -> !records.isReceived(one))));
  }

  private static String options(List<Resource> all, Function<Resource, HumanName> name) {
    return all.stream()
        .map(
            one ->
                "<option value=\"%s\">%s</option>"
                    .formatted(
                        HtmlUtils.htmlEscape(one.getIdElement().getIdPart()),
                        HtmlUtils.htmlEscape(name.apply(one).getNameAsSingleString())))
        .collect(Collectors.joining());
  }

  private static String table(Stream<Resource> resources) {
    String rows = resources.map(EhrPage::row).collect(Collectors.joining("\n"));
    return rows.isEmpty() ? "<p>Nothing yet.</p>" : TABLE.formatted(rows);
  }

  private static String row(Resource one) {
    return Stream.of(
            one.fhirType() + '/' + one.getIdElement().getIdPart(),
            what(one),
            first(one, "status").map(Base::primitiveValue).findFirst().orElse(""),
            EhrSearch.references(one).collect(Collectors.joining(", ")),
            one.getMeta().getVersionId(),
            one.getMeta().getLastUpdated().toInstant().toString())
        .map(cell -> "<td>" + HtmlUtils.htmlEscape(cell) + "</td>")
        .collect(Collectors.joining("", "<tr>", "</tr>"));
  }

  private static String what(Resource one) {
    return Stream.of("code", "type", "serviceType", "topic")
        .flatMap(name -> first(one, name))
        .filter(CodeableConcept.class::isInstance)
        .map(CodeableConcept.class::cast)
        .map(
            concept ->
                concept.hasText() ? concept.getText() : concept.getCodingFirstRep().getDisplay())
        .filter(text -> text != null)
        .findFirst()
        .orElse("");
  }

  private static Stream<Base> first(Resource one, String name) {
    return Stream.ofNullable(one.getNamedProperty(name))
        .map(Property::getValues)
        .flatMap(values -> values.stream().limit(1));
  }
}
