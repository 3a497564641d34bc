package org.carepathway.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;

/**
 * Makes the transaction of a part: each entry as it is in its file, but for its id and references.
 */
record SentBundle(Sources sources, LoadFiles files, Journal journal, String service) {

  ObjectNode of(List<Entry> entries) {
    ObjectNode bundle = JsonNodeFactory.instance.objectNode();
    bundle.put("resourceType", "Bundle").put("type", "transaction");
    entries.forEach(entry -> bundle.withArray("entry").add(of(entry)));
    return bundle;
  }

  private ObjectNode of(Entry entry) {
    Target target = sources.target(entry);
    ObjectNode resource = (ObjectNode) files.resource(entry);
    EntryReader.rewrite(resource, reference -> reference(entry, reference));
    if (target.known() == null) {
      resource.remove("id");
    } else {
      resource.put("id", target.known().substring(target.known().indexOf('/') + 1));
    }
    ObjectNode sent = JsonNodeFactory.instance.objectNode();
    sent.put(
        "fullUrl",
        target.known() == null ? "urn:uuid:" + UUID.randomUUID() : service + '/' + target.known());
    sent.set("resource", resource);
    ObjectNode request = sent.putObject("request");
    request.put("method", target.method()).put("url", target.url());
    if (target.ifNoneExist() != null) {
      request.put("ifNoneExist", target.ifNoneExist());
    }
    return sent;
  }

  /** What is not of this load is for the service to find. */
  private String reference(Entry from, String reference) {
    Entry named = sources.named(from, reference);
    if (named == null) {
      return reference;
    }
    String stored = journal.name(named);
    String name = stored == null ? sources.target(named).known() : stored;
    return name == null
        ? reference
        : name + reference.substring(reference.replaceFirst("/_history/.*", "").length());
  }
}
