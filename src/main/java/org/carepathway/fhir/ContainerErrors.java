package org.carepathway.fhir;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** What Tomcat refuses before any of our code sees it, such as a line that is no HTTP. */
@Component
public class ContainerErrors implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addContextCustomizers(
        context ->
            ((StandardHost) context.getParent()).setErrorReportValveClass(Report.class.getName()));
  }

  /** Says no more than the status, and at {@code /fhir} in an OperationOutcome. */
  public static final class Report extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, Throwable fault) {
      if (response.getStatus() < 400
          || response.getContentWritten() > 0
          || !response.setErrorReported()) {
        return;
      }
      try {
        String path = request.getRequestURI();
        boolean fhir = FhirRefusals.isFor(path) || path == null;
        String text = "The request is refused: %d.".formatted(response.getStatus());
        response.setContentType(fhir ? "application/fhir+json" : "text/plain");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        Writer writer = response.getReporter();
        if (writer != null) {
          writer.write(fhir ? outcome() : text);
          response.finishResponse();
        }
      } catch (IOException gone) {
        container.getLogger().debug("nobody reads the answer", gone);
      }
    }

    private static String outcome() {
      return FhirContext.forR4Cached()
          .newJsonParser()
          .encodeResourceToString(
              Refusal.outcome(
                  IssueType.INVALID,
                  null,
                  "This is no request that can be read: its address or a header has characters"
                      + " that must be written as %XX, or is too long (32 kB)."));
    }
  }
}
