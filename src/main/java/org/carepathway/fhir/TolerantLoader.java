package org.carepathway.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.jpa.dao.IJpaStorageResourceParser;
import ca.uhn.fhir.jpa.dao.IResourceMetadataExtractorSvc;
import ca.uhn.fhir.jpa.esr.ExternallyStoredResourceServiceRegistry;
import ca.uhn.fhir.jpa.model.config.PartitionSettings;
import ca.uhn.fhir.jpa.model.entity.ResourceHistoryTable;
import ca.uhn.fhir.jpa.partition.IPartitionLookupSvc;
import ca.uhn.fhir.jpa.search.BatchResourceLoader;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.util.IMetaTagSorter;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;

/** Loads what a search has found. What cannot be read is left out instead of failing the search. */
final class TolerantLoader extends BatchResourceLoader {

  private final Unreadable unreadable;

  TolerantLoader(BeanFactory beans) {
    super(
        beans.getBean(FhirContext.class),
        beans.getBean(IResourceMetadataExtractorSvc.class),
        beans.getBean(IJpaStorageResourceParser.class),
        beans.getBean(ExternallyStoredResourceServiceRegistry.class),
        beans.getBean(IMetaTagSorter.class),
        beans.getBean(PartitionSettings.class),
        beans.getBean(IPartitionLookupSvc.class));
    this.unreadable = beans.getBean(Unreadable.class);
  }

  @Override
  public List<ResourceLoadResult> loadResources(
      List<ResourceHistoryTable> found, boolean forHistory) {
    try {
      return super.loadResources(found, forHistory);
    } catch (DataFormatException | NullPointerException | IllegalArgumentException notAll) {
      return oneByOne(found, forHistory);
    }
  }

  private List<ResourceLoadResult> oneByOne(List<ResourceHistoryTable> found, boolean forHistory) {
    List<ResourceLoadResult> loaded = new ArrayList<>();
    for (ResourceHistoryTable one : found) {
      try {
        loaded.addAll(super.loadResources(List.of(one), forHistory));
      } catch (DataFormatException | NullPointerException | IllegalArgumentException e) {
        unreadable.leftOut(one.getIdDt(), e);
      }
    }
    return loaded;
  }
}
