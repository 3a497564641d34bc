package org.carepathway.audit;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The audit, {@code carepathway.audit.*}.
 *
 * @param key secret that the chain is made with: who can write to the database but does not know it
 *     cannot make a chain that fits. The default is known to everybody.
 */
@Validated
@ConfigurationProperties("carepathway.audit")
record AuditSettings(@DefaultValue(AuditSettings.KNOWN_KEY) @NotBlank String key) {

  static final String KNOWN_KEY = "care-pathway";
}
