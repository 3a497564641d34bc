package org.carepathway.fhir;

import org.hl7.fhir.r4.model.Resource;

/** What a resource must be besides what it says itself, because of what follows from it. */
public interface ExpectedProfiles {

  /** Canonicals of the profiles; none where nothing follows. */
  String[] of(Resource resource);
}
