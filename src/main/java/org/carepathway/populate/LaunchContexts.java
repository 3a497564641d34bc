package org.carepathway.populate;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.carepathway.fhir.FhirInterceptor;
import org.carepathway.form.FormReader;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.StringType;
import org.springframework.stereotype.Component;

/**
 * Says on every Questionnaire that leaves which variables its expressions see beside the form, what
 * each is and where a client finds it.
 *
 * @see <a
 *     href="http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-launchContext">SDC,
 *     launch context</a>
 */
@Component
@Interceptor
class LaunchContexts implements FhirInterceptor {

  private static final String LAUNCH_CONTEXT =
      "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-launchContext";
  private static final String SDC = "http://hl7.org/fhir/uv/sdc/CodeSystem/launchContext";
  private static final String OURS = "https://carepathway.org/fhir/CodeSystem/launch-context";

  private static final Map<String, Context> CONTEXTS =
      Map.of(
          "now",
          new Context(OURS, "Parameters", "The moment, a dateTime, by the clock of the service."),
          "today",
          new Context(OURS, "Parameters", "The day, a date, by the clock of the service."),
          "patient",
          new Context(SDC, "Patient", "The patient: the Task's or CarePlan's subject."),
          "user",
          new Context(SDC, "Practitioner", "A Reference to who answers."),
          "record",
          new Context(
              OURS,
              "Bundle",
              "The resources of Patient/<id>/$everything, without those that do not count: entered in error, cancelled, refuted."),
          "policy",
          new Context(
              OURS,
              "Parameters",
              "The list of parameters of PlanDefinition/<id>/$policy: thresholds as this site set them."),
          "activity",
          new Context(OURS, "Task", "The code of the step, a string: Task.code.coding.code."),
          "referral",
          new Context(OURS, "ServiceRequest", "The referral: Task.focus."),
          "carePlan",
          new Context(OURS, "CarePlan", "The plan of the pathway: Task.basedOn."),
          "episode",
          new Context(OURS, "EpisodeOfCare", "The episode of the pathway."));

  private final FormReader reader;
  private final Map<String, Set<String>> variables = new ConcurrentHashMap<>();

  LaunchContexts(FormReader reader) {
    this.reader = reader;
  }

  @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
  public void answered(IBaseResource answer) {
    Stream<IBaseResource> all =
        answer instanceof Bundle bundle
            ? bundle.getEntry().stream().map(BundleEntryComponent::getResource)
            : Stream.of(answer);
    all.filter(Questionnaire.class::isInstance)
        .map(Questionnaire.class::cast)
        .filter(form -> form.hasUrl() && form.hasVersion() && form.hasItem())
        .forEach(this::declare);
  }

  private void declare(Questionnaire form) {
    Set<String> used =
        variables.computeIfAbsent(
            form.getUrl() + '|' + form.getVersion(),
            canonical -> new TreeSet<>(reader.read(form).variables()));
    form.getExtension().removeIf(extension -> extension.getUrl().equals(LAUNCH_CONTEXT));
    used.stream()
        .filter(CONTEXTS::containsKey)
        .forEach(name -> form.addExtension(CONTEXTS.get(name).named(name)));
  }

  /**
   * @param system of the variable's name
   * @param type of resource
   */
  private record Context(String system, String type, String description) {

    Extension named(String name) {
      Extension extension = new Extension(LAUNCH_CONTEXT);
      extension.addExtension("name", new Coding(system, name, null));
      extension.addExtension("type", new CodeType(type));
      extension.addExtension("description", new StringType(description));
      return extension;
    }
  }
}
