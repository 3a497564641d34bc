package org.carepathway.record;

import jakarta.validation.constraints.PositiveOrZero;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the record, {@code carepathway.record.*}.
 *
 * @param cacheSize most resources that are kept in memory; one takes about 5 kB
 */
@Validated
@ConfigurationProperties("carepathway.record")
record RecordSettings(@DefaultValue("20000") @PositiveOrZero long cacheSize) {}
