package org.carepathway.content;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carepathway.engine.model.ProcessModels;

/**
 * Completes the files of a pathway that inherits. Unless it has a main process of its own, that of
 * the pathway it depends on is its, too, and its plan says only what differs; a form that is
 * derived from an inherited one says only what differs ({@link Overlay}). What is loaded, checked
 * and kept is the whole.
 */
final class Heirs {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CODES = "https://carepathway.org/fhir/pathway/";

  private final Map<String, ContentFile> files = new LinkedHashMap<>();

  private Heirs(Collection<ContentFile> files) {
    files.forEach(file -> this.files.put(file.path(), file));
  }

  /**
   * @throws ContentException when a form or plan changes what it does not inherit
   */
  static List<ContentFile> complete(Collection<ContentFile> files) {
    Heirs heirs = new Heirs(files);
    PathwayFiles.keys(files).forEach(heirs::complete);
    return new ArrayList<>(heirs.files.values());
  }

  private void complete(String key) {
    ContentFile plan = files.get(PathwayFiles.plan(key));
    ObjectNode own = plan == null ? null : json(plan);
    Inheritance parent = own == null ? null : Inheritance.of(own).orElse(null);
    ContentFile inherited = parent == null ? null : files.get(PathwayFiles.plan(parent.key()));
    if (inherited == null || parent.key().equals(key)) {
      return;
    }
    Map<String, String> replaced = forms(key, parent.key());
    if (!files.containsKey(mainPath(key)) && files.containsKey(mainPath(parent.key()))) {
      plan(key, parent.key(), plan, inherited, replaced);
      main(key, parent.key(), own);
    }
  }

  private static String mainPath(String key) {
    return "bpmn/%s/%s.bpmn".formatted(key, key);
  }

  /** Canonical of an inherited form to that of the heir's own. */
  private Map<String, String> forms(String key, String parent) {
    Map<String, String> replaced = new LinkedHashMap<>();
    List<ContentFile> own =
        files.values().stream()
            .filter(file -> file.isIn("fhir-profiles/" + key + "/Questionnaire"))
            .toList();
    for (ContentFile file : own) {
      ContentFile inherited =
          files.get("fhir-profiles/%s/Questionnaire/%s".formatted(parent, file.name()));
      ObjectNode form = json(file);
      if (inherited != null && form.has("derivedFrom")) {
        ObjectNode whole = json(inherited);
        String canonical = canonical(whole);
        lay(file, form, whole);
        replaced.put(canonical, canonical(whole));
      }
    }
    return replaced;
  }

  private void plan(
      String key,
      String parent,
      ContentFile plan,
      ContentFile inherited,
      Map<String, String> replaced) {
    String body = inherited.body().replace(CODES + parent + '"', CODES + key + '"');
    for (Map.Entry<String, String> form : replaced.entrySet()) {
      body = body.replace('"' + form.getKey() + '"', '"' + form.getValue() + '"');
    }
    lay(plan, json(plan), json(new ContentFile(plan.path(), body)));
  }

  private void main(String key, String parent, ObjectNode plan) {
    String body =
        ProcessModels.renamed(
            files.get(mainPath(parent)).body(),
            parent,
            key,
            plan.path("title").asText(key),
            plan.path("version").asText());
    files.put(mainPath(key), new ContentFile(mainPath(key), body));
  }

  private void lay(ContentFile file, ObjectNode own, ObjectNode inherited) {
    try {
      Overlay.lay(own, inherited);
      files.put(
          file.path(),
          new ContentFile(
              file.path(), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(inherited)));
    } catch (IllegalArgumentException e) {
      throw fault(file, e.getMessage() + ".", "Name one of the inherited, or write it whole.");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode json(ContentFile file) {
    try {
      return (ObjectNode) JSON.readTree(file.body());
    } catch (JsonProcessingException | ClassCastException e) {
      throw fault(file, "is not JSON: " + e.getMessage(), "Mend it.");
    }
  }

  private static String canonical(ObjectNode form) {
    return form.path("url").asText() + '|' + form.path("version").asText();
  }

  private static ContentException fault(ContentFile file, String problem, String remedy) {
    return new ContentException(List.of(new ContentProblem(file.path(), "", problem, remedy)));
  }
}
