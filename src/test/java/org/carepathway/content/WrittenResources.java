package org.carepathway.content;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.carepathway.fhir.Conformance;
import org.carepathway.form.AnswerCheck;
import org.carepathway.form.Extracted;
import org.carepathway.form.Extraction;
import org.carepathway.form.Form;
import org.carepathway.form.FormIssue;
import org.carepathway.record.Agent;
import org.carepathway.template.FhirPathContext;
import org.carepathway.template.FhirPaths;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.EpisodeOfCare;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;

/** What forms and templates of a pathway write, without a service. */
final class WrittenResources {

  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final IParser JSON = FHIR.newJsonParser();
  private static final FhirPaths PATHS = new FhirPaths(FHIR);
  private static final Conformance CONFORMANCE = new Conformance(FHIR);

  static {
    CONFORMANCE.add(
        ContentOnDisk.files().stream()
            .filter(Publication::isConformance)
            .map(ContentOnDisk.PARSER::resource)
            .toList());
  }

  private static final String VARIABLE = "http://hl7.org/fhir/StructureDefinition/variable";

  private final PathwayContent content;
  private final List<Resource> record = new ArrayList<>();
  private final Map<String, Bundle> onFile = new HashMap<>();

  WrittenResources(String pathway) {
    content = ContentOnDisk.content(pathway);
  }

  /** Puts a resource into the record, as JSON with single quotes. */
  WrittenResources with(String json) {
    record.add((Resource) JSON.parseResource(json.replace('\'', '"')));
    return this;
  }

  /** Lets a search of the form find a resource, as JSON with single quotes. */
  WrittenResources finding(String search, String json) {
    Bundle found = new Bundle();
    found.addEntry().setResource((Resource) JSON.parseResource(json.replace('\'', '"')));
    onFile.put(search, found);
    return this;
  }

  /** What a form makes of answers: its items as JSON with single quotes. */
  List<Resource> of(String form, String items) {
    return new Extraction(PATHS)
            .extract(
                form(form),
                response(form, items),
                context(questionnaire(form)),
                (template, n) -> template + n)
            .stream()
            .map(Extracted::resource)
            .map(Resource.class::cast)
            .toList();
  }

  /** The rules of the content that the answers break, as {@code linkId: rule}. */
  List<String> refused(String form, String items) {
    return new AnswerCheck(PATHS)
        .check(form(form), response(form, items), context(questionnaire(form))).stream()
            .map(WrittenResources::text)
            .toList();
  }

  private static String text(FormIssue issue) {
    return issue.linkId() + ": " + issue.rule();
  }

  /** An heir's own form stands before the one that it inherits. */
  private Questionnaire questionnaire(String name) {
    return content.forms().entrySet().stream()
        .filter(form -> form.getKey().startsWith(name + "|"))
        .max(Comparator.comparing(form -> form.getKey().length()))
        .orElseThrow()
        .getValue();
  }

  private Form form(String name) {
    Questionnaire source = questionnaire(name);
    return content.form(name + "|" + source.getVersion());
  }

  private static QuestionnaireResponse response(String form, String items) {
    String json =
        "{'resourceType': 'QuestionnaireResponse', 'status': 'completed', 'questionnaire':"
            + " 'https://carepathway.org/fhir/Questionnaire/"
            + form
            + "|1.0.0', 'item': ["
            + items
            + "]}";
    return JSON.parseResource(QuestionnaireResponse.class, json.replace('\'', '"'));
  }

  /** Searches of the form have found what was put there, else nothing. */
  private FhirPathContext context(Questionnaire form) {
    FhirPathContext context =
        FhirPathContext.at(ZonedDateTime.parse("2026-11-02T10:00:00+01:00"))
            .with("patient", new Patient().setId("p1"))
            .with("referral", new ServiceRequest().setId("r1"))
            .with("carePlan", new CarePlan().setId("c1"))
            .with("episode", new EpisodeOfCare().setId("e1"))
            .with("activity", "PerformProcedure")
            .with("user", new Agent("physician", "Dr Example").reference())
            .with("policy", content.policy().parameters().getParameter())
            .with("kinds", List.of())
            .with("record", record);
    for (Extension variable : form.getExtensionsByUrl(VARIABLE)) {
      String name = ((Expression) variable.getValue()).getName();
      context = context.with(name, onFile.get(name));
    }
    return context;
  }

  /** Those of a list for which an expression is true. */
  static <T extends Resource> Stream<T> some(List<Resource> all, Class<T> type) {
    return all.stream().filter(type::isInstance).map(type::cast);
  }

  /** What an expression gives of a resource, as texts. */
  static List<String> values(Resource resource, String expression) {
    return PATHS.evaluate(resource, expression, FhirPathContext.at(ZonedDateTime.now())).stream()
        .map(value -> value.isPrimitive() ? value.primitiveValue() : value.fhirType())
        .toList();
  }

  /** What breaks a rule of R4 or of the profile that a resource claims. */
  static List<String> errors(Resource resource) {
    return CONFORMANCE.validate(resource).getMessages().stream()
        .filter(m -> m.getSeverity().ordinal() >= ResultSeverityEnum.ERROR.ordinal())
        .map(m -> m.getLocationString() + ": " + m.getMessage())
        .toList();
  }
}
