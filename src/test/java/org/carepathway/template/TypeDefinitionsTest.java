package org.carepathway.template;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.StructureDefinition.StructureDefinitionKind;
import org.hl7.fhir.r4.model.StructureDefinition.TypeDerivationRule;
import org.junit.jupiter.api.Test;

class TypeDefinitionsTest {

  @Test
  void sameHierarchyAsTheSpecification() {
    FhirContext fhir = FhirContext.forR4Cached();

    Map<String, String> spec = parents(new DefaultProfileValidationSupport(fhir));

    assertThat(parents(new TypeDefinitions(fhir))).containsAllEntriesOf(spec);
  }

  private static Map<String, String> parents(IValidationSupport support) {
    Map<String, String> parents = new TreeMap<>();
    for (StructureDefinition type : support.<StructureDefinition>fetchAllStructureDefinitions()) {
      boolean base =
          !type.hasBaseDefinition() || type.getDerivation() == TypeDerivationRule.SPECIALIZATION;
      boolean primitive = type.getKind() == StructureDefinitionKind.PRIMITIVETYPE;
      boolean logical = type.getKind() == StructureDefinitionKind.LOGICAL;
      if (base && !primitive && !logical) {
        parents.put(type.getType(), String.valueOf(type.getBaseDefinition()));
      }
    }
    return parents;
  }
}
