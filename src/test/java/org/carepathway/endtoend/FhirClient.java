package org.carepathway.endtoend;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import ca.uhn.fhir.rest.client.interceptor.BasicAuthInterceptor;
import ca.uhn.fhir.rest.gclient.IQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.QuestionnaireResponse.QuestionnaireResponseStatus;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/** A system that knows FHIR R4 REST and nothing else of the service. */
public final class FhirClient {

  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final Pattern UUIDS =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private static final String RECORD_NUMBER = "http://terminology.hl7.org/CodeSystem/v2-0203";

  static {
    FHIR.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.NEVER);
    FHIR.getRestfulClientFactory().setSocketTimeout(120_000);
    FHIR.getRestfulClientFactory().setPoolMaxPerRoute(64);
    FHIR.getRestfulClientFactory().setPoolMaxTotal(64);
  }

  private final int port;

  public FhirClient(int port) {
    this.port = port;
  }

  /** A client signed in as a demo user, whose password is the name. */
  public IGenericClient as(String user) {
    IGenericClient client = FHIR.newRestfulGenericClient("http://localhost:" + port + "/fhir");
    client.registerInterceptor(new BasicAuthInterceptor(user, user));
    return client;
  }

  /**
   * Sends a synthetic patient under new ids and with a record number of its own, so that no test
   * meets a patient who is on a pathway of another test; returns the Patient's id.
   */
  public String sendPatient(String file) throws Exception {
    Bundle bundle =
        FHIR.newJsonParser()
            .parseResource(
                Bundle.class,
                fresh(Files.readString(Path.of("src/test/resources/patients", file))));
    ownRecordNumber(bundle);
    as("referrer").transaction().withBundle(bundle).execute();
    return new IdType(bundle.getEntryFirstRep().getRequest().getUrl()).getIdPart();
  }

  private static String fresh(String bundle) {
    Map<String, String> ids = new HashMap<>();
    return UUIDS
        .matcher(bundle)
        .replaceAll(old -> ids.computeIfAbsent(old.group(), id -> UUID.randomUUID().toString()));
  }

  /** The same number for another patient would be a conflict, and no list could be searched. */
  private static void ownRecordNumber(Bundle bundle) {
    bundle.getEntry().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .filter(Patient.class::isInstance)
        .flatMap(patient -> ((Patient) patient).getIdentifier().stream())
        .filter(number -> number.getType().hasCoding(RECORD_NUMBER, "MR"))
        .forEach(
            number ->
                number.setValue(
                    String.valueOf(ThreadLocalRandom.current().nextLong(10_000_000_000L))));
  }

  /** A referral of a patient, with a number of its own. */
  public static ServiceRequest referral(String patientId) throws Exception {
    ServiceRequest referral =
        FHIR.newJsonParser()
            .parseResource(
                ServiceRequest.class,
                Files.readString(Path.of("src/main/resources/demo/referral.json")));
    referral.getSubject().setReference("Patient/" + patientId);
    referral.getIdentifierFirstRep().setValue(UUID.randomUUID().toString());
    return referral;
  }

  public ServiceRequest refer(String patientId) throws Exception {
    MethodOutcome outcome = as("referrer").create().resource(referral(patientId)).execute();
    return (ServiceRequest) outcome.getResource();
  }

  /** Open tasks of a referral's pathway. */
  public List<Task> openTasks(String referralId) {
    return resources(
        as("coordinator")
            .search()
            .byUrl(
                "Task?status=ready,in-progress&focus=ServiceRequest/" + referralId + "&_count=100"),
        Task.class);
  }

  public static <T extends Resource> List<T> resources(IQuery<?> query, Class<T> type) {
    Bundle found = (Bundle) query.returnBundle(Bundle.class).execute();
    return found.getEntry().stream()
        .map(Bundle.BundleEntryComponent::getResource)
        .map(type::cast)
        .toList();
  }

  public QuestionnaireResponse populate(String user, String taskId) {
    return as(user)
        .operation()
        .onInstance(new IdType("Task", taskId))
        .named("$populate")
        .withNoParameters(Parameters.class)
        .useHttpGet()
        .returnResourceType(QuestionnaireResponse.class)
        .execute();
  }

  /** The first answers of what can be reported at any time about a patient on a pathway. */
  public QuestionnaireResponse populateEvent(String user, IdType plan, String event) {
    Parameters asked = new Parameters();
    asked.addParameter("event", event);
    return as(user)
        .operation()
        .onInstance(plan)
        .named("$populate")
        .withParameters(asked)
        .useHttpGet()
        .returnResourceType(QuestionnaireResponse.class)
        .execute();
  }

  public Task complete(String user, String taskId, QuestionnaireResponse answers) {
    answers.setStatus(QuestionnaireResponseStatus.COMPLETED);
    Parameters parameters = new Parameters();
    parameters.addParameter().setName("response").setResource(answers);
    return as(user)
        .operation()
        .onInstance(new IdType("Task", taskId))
        .named("$complete")
        .withParameters(parameters)
        .returnResourceType(Task.class)
        .execute();
  }
}
