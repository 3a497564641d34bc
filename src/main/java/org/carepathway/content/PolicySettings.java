package org.carepathway.content;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a hospital sets otherwise than the content: {@code carepathway.policy.<pathway>.<name>}.
 *
 * @param policy pathway to name to value
 */
@ConfigurationProperties("carepathway")
record PolicySettings(@DefaultValue Map<String, Map<String, String>> policy) {}
