package org.carepathway.worklist.web;

import java.util.Optional;
import org.carepathway.worklist.Completion;
import org.carepathway.worklist.WorkItem;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/** Form of a task. */
@Component
class TaskForm {

  private final Completion completion;

  TaskForm(Completion completion) {
    this.completion = completion;
  }

  Object filled(WorkItem item) {
    return completion.populate(item.id());
  }

  Optional<Object> complete(WorkItem item, MultiValueMap<String, String> posted) {
    return Optional.empty();
  }
}
