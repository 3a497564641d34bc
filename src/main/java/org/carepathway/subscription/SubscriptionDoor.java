package org.carepathway.subscription;

import ca.uhn.fhir.rest.annotation.Count;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.Delete;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.annotation.Update;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.StringOrListParam;
import ca.uhn.fhir.rest.param.TokenOrListParam;
import ca.uhn.fhir.rest.param.UriOrListParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import java.util.List;
import java.util.Optional;
import org.carepathway.fhir.FhirOperations;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Subscription;
import org.springframework.stereotype.Component;

/** Subscriptions at {@code /fhir}: each system makes, reads, changes and deletes its own. */
@Component
class SubscriptionDoor implements FhirOperations, IResourceProvider {

  private static final int MOST = 500;

  private final Subscriptions subscriptions;

  SubscriptionDoor(Subscriptions subscriptions) {
    this.subscriptions = subscriptions;
  }

  @Override
  public Class<Subscription> getResourceType() {
    return Subscription.class;
  }

  @Create
  public MethodOutcome create(@ResourceParam Subscription sent) {
    return outcome(subscriptions.create(null, sent), true);
  }

  /** What is not there is made under the id that the sender has chosen. */
  @Update
  public MethodOutcome update(
      @IdParam IdType id, @ResourceParam Subscription sent, RequestDetails request) {
    Optional<Kept> known = subscriptions.find(id.getIdPart());
    if (known.isPresent() && request.getHeader("If-None-Match") != null) {
      throw new PreconditionFailedException(
          "%s is there already, and If-None-Match says to replace nothing; nothing was changed."
              .formatted(id.toUnqualifiedVersionless().getValue()));
    }
    if (known.isEmpty() && id.hasVersionIdPart()) {
      throw new PreconditionFailedException(
          "There is no %s here, and If-Match names a version of it; nothing was stored."
              .formatted(id.toUnqualifiedVersionless().getValue()));
    }
    return known
        .map(kept -> outcome(subscriptions.update(kept, id.getVersionIdPart(), sent), false))
        .orElseGet(() -> outcome(subscriptions.create(id.getIdPart(), sent), true));
  }

  @Read
  public Subscription read(@IdParam IdType id) {
    return subscriptions.resource(mine(id));
  }

  @Delete
  public MethodOutcome delete(@IdParam IdType id) {
    subscriptions.delete(mine(id));
    return new MethodOutcome();
  }

  /**
   * @param criteria canonical of the topic
   * @param url of the endpoint
   */
  @Search
  public List<Subscription> search(
      @OptionalParam(name = "_id") TokenOrListParam ids,
      @OptionalParam(name = "status") TokenOrListParam status,
      @OptionalParam(name = "criteria") StringOrListParam criteria,
      @OptionalParam(name = "url") UriOrListParam url,
      @Count Integer count) {
    return subscriptions.all().stream()
        .filter(kept -> isAsked(ids, kept.id()))
        .filter(kept -> isAsked(status, kept.status().toCode()))
        .map(subscriptions::resource)
        .filter(
            found ->
                criteria == null
                    || criteria.getValuesAsQueryTokens().stream()
                        .anyMatch(one -> found.getCriteria().startsWith(one.getValue())))
        .filter(
            found ->
                url == null
                    || url.getValuesAsQueryTokens().stream()
                        .anyMatch(one -> one.getValue().equals(found.getChannel().getEndpoint())))
        .limit(Math.min(count == null ? MOST : count, MOST))
        .toList();
  }

  private static boolean isAsked(TokenOrListParam asked, String value) {
    return asked == null
        || asked.getValuesAsQueryTokens().stream().anyMatch(one -> value.equals(one.getValue()));
  }

  private Kept mine(IdType id) {
    return subscriptions
        .find(id.getIdPart())
        .orElseThrow(() -> Subscriptions.notThere(id.getIdPart()));
  }

  private MethodOutcome outcome(Kept kept, boolean created) {
    Subscription resource = subscriptions.resource(kept);
    return new MethodOutcome(resource.getIdElement(), created).setResource(resource);
  }
}
