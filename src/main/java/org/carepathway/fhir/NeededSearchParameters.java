package org.carepathway.fhir;

import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.jpa.searchparam.registry.SearchParamRegistryImpl;
import ca.uhn.fhir.rest.server.util.ResourceSearchParams;

/** Only the needed search parameters are indexed, answered and listed. */
final class NeededSearchParameters extends SearchParamRegistryImpl {

  private final StoredResources stored;

  NeededSearchParameters(StoredResources stored) {
    this.stored = stored;
  }

  @Override
  public RuntimeSearchParam getActiveSearchParam(
      String type, String name, SearchParamLookupContextEnum context) {
    return stored.isSearchedBy(type, name) ? super.getActiveSearchParam(type, name, context) : null;
  }

  @Override
  public ResourceSearchParams getActiveSearchParams(
      String type, SearchParamLookupContextEnum context) {
    ResourceSearchParams all = super.getActiveSearchParams(type, context);
    return stored.isSelective(type) ? select(type, all) : all;
  }

  private ResourceSearchParams select(String type, ResourceSearchParams all) {
    ResourceSearchParams some = new ResourceSearchParams(type);
    all.values().stream()
        .filter(parameter -> stored.isSearchedBy(type, parameter.getName()))
        .forEach(parameter -> some.put(parameter.getName(), parameter));
    return some;
  }
}
