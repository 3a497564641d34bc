package org.carepathway;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;

/**
 * The whole service with its own PostgreSQL. Every integrated test extends this class and nothing
 * else, so that the suite starts one application context.
 */
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "carepathway.database.directory=target/test-data",
      "carepathway.demo.cohort=false",
      "carepathway.content.allow-change=true"
    })
@ActiveProfiles("demo")
public abstract class RunningService {

  @LocalServerPort private int port;

  protected int port() {
    return port;
  }
}
