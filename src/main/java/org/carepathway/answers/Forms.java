package org.carepathway.answers;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.carepathway.content.PathwayContent;
import org.carepathway.form.Form;
import org.carepathway.form.FormReader;
import org.springframework.stereotype.Component;

/** The forms that were read, each once for each version of a pathway. */
@Component
class Forms {

  private final FormReader reader;
  private final Map<String, Form> read = new ConcurrentHashMap<>();

  Forms(FormReader reader) {
    this.reader = reader;
  }

  Form of(PathwayContent content, String formKey) {
    return read.computeIfAbsent(
        content.canonical() + '/' + formKey, key -> reader.read(content.form(formKey)));
  }
}
