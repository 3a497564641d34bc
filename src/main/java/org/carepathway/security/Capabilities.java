package org.carepathway.security;

import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carepathway.fhir.FhirInterceptor;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestSecurityComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ConditionalDeleteStatus;
import org.hl7.fhir.r4.model.CapabilityStatement.ConditionalReadStatus;
import org.hl7.fhir.r4.model.CapabilityStatement.ReferenceHandlingPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceVersionPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.UriType;
import org.springframework.stereotype.Component;

/**
 * The CapabilityStatement says what is served and nothing else. HAPI's own declares what its store
 * could do; of that the table {@code permissions.txt} leaves what somebody may do.
 */
@Component
@Interceptor
class Capabilities implements FhirInterceptor {

  private static final String SECURITY_SERVICE =
      "http://terminology.hl7.org/CodeSystem/restful-security-service";
  private static final String OAUTH =
      "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris";
  private static final String WHAT_IS_NOT =
      "What a caller's roles do not allow is refused (403), and patients out of sight look absent."
          + " Searches also take _count, _sort, _include, _revinclude, _summary, _elements, _total,"
          + " _format and _pretty. Chains, _has, _filter, _text, _content, _list, _query, delete (but"
          + " of a Subscription), history of a type or of all, and a search over all types are refused.";

  private final Served served;
  private final SearchableBy searchable;
  private final SignInSettings signIn;
  private final AccessSettings access;

  Capabilities(
      Served served, SearchableBy searchable, SignInSettings signIn, AccessSettings access) {
    this.served = served;
    this.searchable = searchable;
    this.signIn = signIn;
    this.access = access;
  }

  @Hook(Pointcut.SERVER_CAPABILITY_STATEMENT_GENERATED)
  public void declare(IBaseConformance generated) {
    CapabilityStatement statement = (CapabilityStatement) generated;
    Map<String, CapabilityStatementRestResourceComponent> all =
        statement.getRestFirstRep().getResource().stream()
            .collect(
                Collectors.toMap(
                    CapabilityStatementRestResourceComponent::getType, Function.identity()));
    CapabilityStatementRestComponent rest =
        new CapabilityStatementRestComponent()
            .setMode(RestfulCapabilityMode.SERVER)
            .setDocumentation(WHAT_IS_NOT)
            .setSecurity(security());
    served.types().stream()
        .flatMap(type -> Optional.ofNullable(all.get(type)).stream())
        .forEach(resource -> rest.addResource(only(resource)));
    rest.addInteraction().setCode(SystemRestfulInteraction.TRANSACTION);
    rest.addInteraction().setCode(SystemRestfulInteraction.BATCH);
    statement.setRest(List.of(rest));
  }

  private CapabilityStatementRestResourceComponent only(
      CapabilityStatementRestResourceComponent all) {
    String type = all.getType();
    CapabilityStatementRestResourceComponent some =
        new CapabilityStatementRestResourceComponent()
            .setType(type)
            .setProfileElement(all.getProfileElement())
            .setSupportedProfile(all.getSupportedProfile());
    List<String> readers = served.readers(type);
    if (readers.size() == 1) {
      some.setDocumentation("For the role %s only.".formatted(readers.get(0)));
    }
    all.getInteraction().stream()
        .filter(interaction -> served.offers(interaction.getCode(), type))
        .forEach(some::addInteraction);
    boolean created = served.may(Action.CREATE, type);
    boolean numbered = searchable.parameter(type, "identifier").isPresent();
    boolean updated = served.may(Action.UPDATE, type);
    boolean versioned =
        some.getInteraction().stream()
            .anyMatch(found -> found.getCode() == TypeRestfulInteraction.VREAD);
    some.setVersioning(
        versioned ? ResourceVersionPolicy.VERSIONED : ResourceVersionPolicy.NOVERSION);
    some.setReadHistory(versioned)
        .setConditionalRead(
            versioned ? ConditionalReadStatus.FULLSUPPORT : ConditionalReadStatus.NOTSUPPORTED)
        .setUpdateCreate(created && updated)
        .setConditionalCreate(created && numbered)
        .setConditionalUpdate(created && updated && numbered)
        .setConditionalDelete(ConditionalDeleteStatus.NOTSUPPORTED);
    if (created || updated) {
      some.addReferencePolicy(ReferenceHandlingPolicy.LITERAL);
      some.addReferencePolicy(ReferenceHandlingPolicy.LOGICAL);
      some.addReferencePolicy(ReferenceHandlingPolicy.ENFORCED);
    }
    if (served.may(Action.SEARCH, type)) {
      search(some);
    }
    for (String name : served.operations(type)) {
      some.addOperation()
          .setName(name.substring(name.indexOf('$') + 1))
          .setDefinition(OperationDefinitions.of(name));
    }
    return some;
  }

  private void search(CapabilityStatementRestResourceComponent resource) {
    String type = resource.getType();
    searchable
        .of(type)
        .forEach((name, parameter) -> resource.addSearchParam(parameter(name, parameter)));
    if (type.equals(FhirAccess.AUDIT) || searchable.isWorkedOut(type)) {
      return;
    }
    resource.addSearchInclude("*");
    references(type).forEach(name -> resource.addSearchInclude(type + ':' + name));
    served.types().stream()
        .filter(other -> served.may(Action.SEARCH, other))
        .flatMap(
            other ->
                references(other)
                    .filter(name -> canBeOf(searchable.of(other).get(name), type))
                    .map(name -> other + ':' + name))
        .forEach(resource::addSearchRevInclude);
  }

  private static CapabilityStatementRestResourceSearchParamComponent parameter(
      String name, RuntimeSearchParam parameter) {
    CapabilityStatementRestResourceSearchParamComponent declared =
        new CapabilityStatementRestResourceSearchParamComponent()
            .setName(name)
            .setType(SearchParamType.fromCode(parameter.getParamType().getCode()));
    if (parameter.getUri() != null) {
      declared.setDefinition(parameter.getUri());
    }
    if (!name.equals(parameter.getName())) {
      declared.setDocumentation("The same as " + parameter.getName());
    }
    return declared;
  }

  private Stream<String> references(String type) {
    return searchable.of(type).keySet().stream().filter(name -> searchable.isReference(type, name));
  }

  private static boolean canBeOf(RuntimeSearchParam parameter, String type) {
    return parameter.getTargets().isEmpty() || parameter.getTargets().contains(type);
  }

  private CapabilityStatementRestSecurityComponent security() {
    CapabilityStatementRestSecurityComponent security =
        new CapabilityStatementRestSecurityComponent().setCors(!access.origins().isEmpty());
    if (signIn.usesKeycloak()) {
      security
          .addService()
          .addCoding()
          .setSystem(SECURITY_SERVICE)
          .setCode("SMART-on-FHIR")
          .setDisplay("SMART-on-FHIR");
      Extension uris = security.addExtension().setUrl(OAUTH);
      uris.addExtension("authorize", new UriType(signIn.endpoint("auth")));
      uris.addExtension("token", new UriType(signIn.endpoint("token")));
    }
    if (signIn.hasLocalUsers()) {
      security.addService().addCoding().setSystem(SECURITY_SERVICE).setCode("Basic");
    }
    return security;
  }
}
