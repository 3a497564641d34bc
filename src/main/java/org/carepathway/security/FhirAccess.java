package org.carepathway.security;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.interceptor.auth.AuthorizationInterceptor;
import ca.uhn.fhir.rest.server.interceptor.auth.IAuthRule;
import ca.uhn.fhir.rest.server.interceptor.auth.IAuthRuleBuilder;
import ca.uhn.fhir.rest.server.interceptor.auth.IAuthRuleTester;
import ca.uhn.fhir.rest.server.interceptor.auth.PolicyEnum;
import ca.uhn.fhir.rest.server.interceptor.auth.RuleBuilder;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.carepathway.fhir.FhirInterceptor;
import org.carepathway.fhir.NothingHere;
import org.carepathway.security.Permissions.Kind;
import org.carepathway.security.Permissions.Subject;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.IdType;
import org.springframework.stereotype.Component;

/**
 * What a request at {@code /fhir} may do, by HAPI's AuthorizationInterceptor: the table {@code
 * permissions.txt}, narrowed by the token's SMART scopes and to the patients that are in sight.
 * Every resource that leaves is checked, whichever way it was asked for.
 */
@Component
@Interceptor
class FhirAccess extends AuthorizationInterceptor implements FhirInterceptor {

  private static final Set<RestOperationTypeEnum> OF_ONE =
      EnumSet.of(
          RestOperationTypeEnum.READ,
          RestOperationTypeEnum.VREAD,
          RestOperationTypeEnum.HISTORY_INSTANCE);

  private static final Set<RestOperationTypeEnum> WRITES_ONE =
      EnumSet.of(RestOperationTypeEnum.UPDATE, RestOperationTypeEnum.PATCH);

  /** Auditors see what was done to every patient, and no patient. */
  static final String AUDIT = "AuditEvent";

  private static final String ANY_TYPE = "*/";

  private static final int MOST_KEPT = 500;

  private final Cache<FhirRights.Key, List<IAuthRule>> kept =
      Caffeine.newBuilder().maximumSize(MOST_KEPT).build();
  private final Permissions permissions;
  private final FhirRights rights;
  private final PatientsOf patientsOf;
  private final FhirContext fhirContext;
  private final Sight sight;

  FhirAccess(
      Permissions permissions,
      FhirRights rights,
      PatientsOf patientsOf,
      FhirContext fhirContext,
      Sight sight) {
    this.permissions = permissions;
    this.rights = rights;
    this.patientsOf = patientsOf;
    this.fhirContext = fhirContext;
    this.sight = sight;
    setDefaultPolicy(PolicyEnum.DENY);
  }

  /** Whom a rule lets see which patient is asked when it is applied, so that rules can be kept. */
  @Override
  public List<IAuthRule> buildRuleList(RequestDetails request) {
    return kept.get(rights.key(), key -> rules());
  }

  private List<IAuthRule> rules() {
    IAuthRuleBuilder rules = new RuleBuilder().allow("metadata").metadata().andThen();
    for (Subject subject : permissions.subjects(Kind.RESOURCE)) {
      resource(rules, subject.name());
    }
    for (Subject subject : permissions.subjects(Kind.OPERATION)) {
      if (rights.mayUse(subject.name())) {
        operation(rules, subject.name());
      }
    }
    return rules.build();
  }

  /** Existence is private: what is out of sight is answered like what is not there. */
  @Override
  protected void handleDeny(RequestDetails request, Verdict verdict) {
    RestOperationTypeEnum operation = request.getRestOperationType();
    String type = request.getResourceName();
    String hidden = (String) request.getUserData().get(PatientTester.HIDDEN);
    if (OF_ONE.contains(operation) && rights.may(Action.READ, type)
        || WRITES_ONE.contains(operation)
            && rights.may(Action.UPDATE, type)
            && hidden != null
            && !sight.shows((IdType) request.getId())) {
      throw new ResourceNotFoundException(request.getId());
    }
    if (hidden != null) {
      throw NothingHere.referred(hidden);
    }
    throw new ForbiddenOperationException(
        "Your roles or your token do not allow this (%s %s)."
            .formatted(operation.getCode(), type == null ? "" : type));
  }

  private void resource(IAuthRuleBuilder rules, String type) {
    IAuthRuleTester inSight =
        type.equals(AUDIT) ? new IAuthRuleTester() {} : new PatientTester(rights, patientsOf, type);
    if (rights.may(Action.READ, type) || rights.may(Action.SEARCH, type)) {
      rules.allow("read").read().resourcesOfType(type).withAnyId().withTester(inSight);
    }
    if (rights.may(Action.CREATE, type)) {
      rules.allow("create").create().resourcesOfType(type).withAnyId().withTester(inSight);
    }
    if (rights.may(Action.DELETE, type)) {
      rules.allow("delete").delete().resourcesOfType(type).withAnyId();
    }
    if (rights.may(Action.UPDATE, type)) {
      rules.allow("write").write().resourcesOfType(type).withAnyId().withTester(inSight);
    }
  }

  private void operation(IAuthRuleBuilder rules, String name) {
    if (name.equals(FhirRights.TRANSACTION)) {
      rules.allow(name).transaction().withAnyOperation().andApplyNormalRules();
    } else if (name.startsWith(FhirRights.SERVER)) {
      rules
          .allow(name)
          .operation()
          .named(name.substring(FhirRights.SERVER.length()))
          .onServer()
          .andAllowAllResponses();
    } else if (name.startsWith(ANY_TYPE)) {
      rules
          .allow(name)
          .operation()
          .named(name.substring(ANY_TYPE.length()))
          .onAnyType()
          .andAllowAllResponses();
    } else {
      String[] parts = name.split("/");
      rules.allow(name).operation().named(parts[1]).onType(type(parts[0])).andAllowAllResponses();
      rules
          .allow(name)
          .operation()
          .named(parts[1])
          .onInstancesOfType(type(parts[0]))
          .andAllowAllResponses();
    }
  }

  private Class<? extends IBaseResource> type(String name) {
    return fhirContext.getResourceDefinition(name).getImplementingClass();
  }
}
