package org.carepathway;

import java.util.Map;
import java.util.function.ToIntFunction;
import org.carepathway.audit.VerifyAudit;
import org.carepathway.ehr.MakeKey;
import org.carepathway.fhir.CheckStore;
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

  /** What the jar does instead of starting the service, by the first argument. */
  private static final Map<String, ToIntFunction<String[]>> COMMANDS =
      Map.of(
          VerifyAudit.NAME, VerifyAudit::run,
          CheckStore.NAME, CheckStore::run,
          LoadCommand.NAME, LoadCommand::run,
          SendHl7.NAME, SendHl7::run,
          MakeKey.NAME, MakeKey::run);

  public static void main(String[] args) {
    ToIntFunction<String[]> command = args.length == 0 ? null : COMMANDS.get(args[0]);
    if (command != null) {
      System.exit(command.applyAsInt(args));
    }
    StopLimit.begin();
    SpringApplication.run(CarePathwayApplication.class, args);
  }
}
