package org.carepathway.security;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much is taken from one sender, {@code carepathway.limits.*}; each replica counts for itself.
 *
 * @param failedSignIns failed sign-ins and wrong tokens a minute from one address
 * @param apiCalls requests a minute at {@code /fhir} with one token or name
 * @param links requests a minute from one address at the links of patients
 * @param body largest body of a request at {@code /fhir}
 * @param batchReads how long all that one batch reads, and that one batch or transaction searches
 *     for by its conditions and references, takes together
 */
@Validated
@ConfigurationProperties("carepathway.limits")
record LimitSettings(
    @DefaultValue("30") @Positive int failedSignIns,
    @DefaultValue("3000") @Positive int apiCalls,
    @DefaultValue("120") @Positive int links,
    @DefaultValue("5MB") @NotNull DataSize body,
    @DefaultValue("15s") @NotNull Duration batchReads) {}
