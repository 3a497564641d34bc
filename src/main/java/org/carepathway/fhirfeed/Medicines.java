package org.carepathway.fhirfeed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.carepathway.ehr.EhrFault;
import org.carepathway.ehr.EhrServer;

/**
 * An order that only points to its drug says nothing without it: the drug is read and put inside.
 * What cannot be read is left as it is; a form then shows a drug that could not be classified.
 */
final class Medicines {

  private static final String ID = "drug-of-the-ehr";

  private final EhrServer ehr;
  private final Map<String, JsonNode> read = new HashMap<>();

  /** For one round: drugs change too. */
  Medicines(EhrServer ehr) {
    this.ehr = ehr;
  }

  Found within(Found found) {
    String reference = found.resource().at("/medicationReference/reference").asText();
    String relative = reference.replaceFirst("^" + Pattern.quote(ehr.base() + "/"), "");
    if (!relative.matches("Medication/[A-Za-z0-9.-]{1,64}(/_history/.*)?")) {
      return found;
    }
    JsonNode drug = read.computeIfAbsent(relative.split("/")[1], this::drug);
    if (drug.isMissingNode()) {
      return found;
    }
    ObjectNode complete = found.resource().deepCopy();
    ObjectNode inside = drug.deepCopy();
    inside.put("id", ID);
    inside.remove("meta");
    complete.withArray("contained").add(inside);
    complete.withObject("/medicationReference").put("reference", '#' + ID);
    return new Found(complete);
  }

  private JsonNode drug(String id) {
    try {
      return ehr.read("Medication", id);
    } catch (EhrFault fault) {
      if (fault.kind().isOfAll()) {
        throw fault;
      }
      return MissingNode.getInstance();
    }
  }
}
