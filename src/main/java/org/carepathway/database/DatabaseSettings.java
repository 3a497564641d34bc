package org.carepathway.database;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The built-in database, used only when {@code spring.datasource.url} is not set.
 *
 * @param directory where the built-in PostgreSQL keeps its data
 */
@ConfigurationProperties("carepathway.database")
record DatabaseSettings(@DefaultValue("data") Path directory) {}
