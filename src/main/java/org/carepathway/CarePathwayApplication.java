package org.carepathway;

import org.carepathway.audit.VerifyAudit;
import org.carepathway.ehr.MakeKey;
import org.carepathway.load.LoadCommand;
import org.carepathway.mllp.SendHl7;
import org.carepathway.startup.StopLimit;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.elasticsearch.ElasticsearchRestClientAutoConfiguration;
import org.springframework.boot.autoconfigure.quartz.QuartzAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The care pathway service: BPMN, FHIR record and worklist in one process on one PostgreSQL. */
@SpringBootApplication(
    exclude = {QuartzAutoConfiguration.class, ElasticsearchRestClientAutoConfiguration.class})
@ConfigurationPropertiesScan
public class CarePathwayApplication {

  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals(VerifyAudit.NAME)) {
      System.exit(VerifyAudit.run(args));
    }
    if (args.length > 0 && args[0].equals(LoadCommand.NAME)) {
      System.exit(LoadCommand.run(args));
    }
    if (args.length > 0 && args[0].equals(SendHl7.NAME)) {
      System.exit(SendHl7.run(args));
    }
    if (args.length > 0 && args[0].equals(MakeKey.NAME)) {
      System.exit(MakeKey.run(args));
    }
    StopLimit.begin();
    SpringApplication.run(CarePathwayApplication.class, args);
  }
}
