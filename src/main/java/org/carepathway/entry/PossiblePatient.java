package org.carepathway.entry;

import java.time.LocalDate;
import java.util.List;
import org.carepathway.pathway.Pathway;

/**
 * A patient here who may be the one that was typed in. What is not known is null.
 *
 * @param number medical record number
 * @param open the pathways they are on
 */
public record PossiblePatient(
    String id, String name, String number, LocalDate born, List<Pathway> open) {

  boolean isOn(String pathway) {
    return open.stream().anyMatch(each -> each.key().equals(pathway));
  }
}
