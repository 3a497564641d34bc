package org.carepathway.audit;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The audit, {@code carepathway.audit.*}.
 *
 * @param key secret that the chain is made with, at least 16 characters: who can write to the
 *     database but does not know it cannot make a chain that fits. Only the demo has a default.
 * @param formerKeys secrets that it was made with before, the newest first; {@code lost:} and the
 *     id of one that nobody has any more
 */
@ConfigurationProperties("carepathway.audit")
record AuditSettings(@DefaultValue("") String key, @DefaultValue List<String> formerKeys) {}
