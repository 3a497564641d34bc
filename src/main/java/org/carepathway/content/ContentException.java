package org.carepathway.content;

import java.util.List;
import org.carepathway.startup.StartUpException;

/** The content has faults; the service does not start on it. */
public final class ContentException extends StartUpException {

  ContentException(List<ContentProblem> problems) {
    super(
        "The content has %d fault(s):%n%s"
            .formatted(
                problems.size(),
                String.join(
                    System.lineSeparator(), problems.stream().map(p -> "  - " + p).toList())),
        "Mend the files named, or point carepathway.content.location at content that is whole.",
        null);
  }
}
