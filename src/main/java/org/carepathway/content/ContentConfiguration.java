package org.carepathway.content;

import org.carepathway.fhir.Conformance;
import org.carepathway.form.ValueSetLookup;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Forms take their options from the content's value sets. */
@Configuration(proxyBeanMethods = false)
class ContentConfiguration {

  @Bean
  ValueSetLookup valueSets(Conformance conformance) {
    return conformance::codes;
  }
}
