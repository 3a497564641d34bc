package org.carepathway.startup;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows the problem and the remedy instead of a stack trace. */
class StartUpFailure extends AbstractFailureAnalyzer<StartUpException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, StartUpException cause) {
    return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
  }
}
