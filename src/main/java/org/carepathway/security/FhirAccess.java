package org.carepathway.security;

import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.interceptor.auth.AuthorizationInterceptor;
import ca.uhn.fhir.rest.server.interceptor.auth.IAuthRule;
import ca.uhn.fhir.rest.server.interceptor.auth.IAuthRuleBuilder;
import ca.uhn.fhir.rest.server.interceptor.auth.PolicyEnum;
import ca.uhn.fhir.rest.server.interceptor.auth.RuleBuilder;
import java.util.List;
import org.carepathway.fhir.FhirInterceptor;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.ImagingStudy;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.RelatedPerson;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.springframework.stereotype.Component;

/**
 * What requests at {@code /fhir} may do: read, send in what an EHR knows of a patient, and act on
 * tasks by their operations. What the pathway owns (Task, CarePlan, Consent, Procedure ...) is
 * written by its steps and by nobody else.
 */
@Component
@Interceptor
class FhirAccess extends AuthorizationInterceptor implements FhirInterceptor {

  private static final List<Class<? extends IBaseResource>> SENT_IN =
      List.of(
          Patient.class,
          RelatedPerson.class,
          Practitioner.class,
          PractitionerRole.class,
          Organization.class,
          Coverage.class,
          Condition.class,
          AllergyIntolerance.class,
          MedicationRequest.class,
          MedicationStatement.class,
          Observation.class,
          ImagingStudy.class,
          DiagnosticReport.class,
          DocumentReference.class,
          ServiceRequest.class);

  private static final List<String> TASK_OPERATIONS =
      List.of("$claim", "$release", "$populate", "$complete");

  private static final List<String> PLAN_OPERATIONS = List.of("$populate", "$report");

  FhirAccess() {
    setDefaultPolicy(PolicyEnum.DENY);
  }

  @Override
  public List<IAuthRule> buildRuleList(RequestDetails request) {
    IAuthRuleBuilder rules = new RuleBuilder().allow("metadata").metadata().andThen();
    rules.allow("read").read().allResources().withAnyId();
    rules.allow("transaction").transaction().withAnyOperation().andApplyNormalRules();
    for (Class<? extends IBaseResource> type : SENT_IN) {
      rules.allow("write").write().resourcesOfType(type).withAnyId();
    }
    for (String operation : TASK_OPERATIONS) {
      rules
          .allow("task")
          .operation()
          .named(operation)
          .onInstancesOfType(Task.class)
          .andAllowAllResponses();
    }
    for (String operation : PLAN_OPERATIONS) {
      rules
          .allow("plan")
          .operation()
          .named(operation)
          .onInstancesOfType(CarePlan.class)
          .andAllowAllResponses();
    }
    rules.allow("validate").operation().named("$validate").onAnyType().andAllowAllResponses();
    rules.allow("expand").operation().named("$expand").onAnyType().andAllowAllResponses();
    return rules.build();
  }
}
