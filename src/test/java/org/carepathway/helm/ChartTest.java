package org.carepathway.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The chart of {@code helm/care-pathway}, linted and rendered by Helm itself. */
@Tag("chart")
class ChartTest {

  private static final Path CHART = Path.of("helm/care-pathway");
  private static final String DATABASE = "database: {existingSecret: care-pathway-database}\n";
  private static final String AUDIT = "audit: {existingSecret: care-pathway-audit}\n";
  private static final String MINIMAL = DATABASE + AUDIT;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void theMinimalValuesPassTheStrictLint() throws IOException {
    LintResult lint = lint(MINIMAL);
    assertThat(lint.isFailed()).as("%s", lint.getMessages()).isFalse();
  }

  @Test
  void theFullExamplePassesTheStrictLint() throws IOException {
    LintResult lint = lint(fullExample());
    assertThat(lint.isFailed()).as("%s", lint.getMessages()).isFalse();
  }

  @Test
  void theDefaultsAloneLackOnlyTheSecretsOfTheDatabaseAndTheAudit() throws IOException {
    assertThatThrownBy(() -> render("{}"))
        .hasMessageContaining("/database/existingSecret")
        .hasMessageContaining("/audit/existingSecret");
  }

  @Test
  void theMinimalValuesMakeOnlyWhatIsNeeded() throws IOException {
    assertThat(render(MINIMAL)).containsOnlyKeys("Deployment", "Service", "ServiceAccount");
  }

  @Test
  void theFullExampleMakesEveryObject() throws IOException {
    assertThat(render(fullExample()))
        .containsOnlyKeys(
            "ConfigMap",
            "Deployment",
            "Ingress",
            "PodDisruptionBudget",
            "Service",
            "Service hl7",
            "ServiceAccount");
  }

  @Test
  void portsOfHl7HaveAServiceAndTheirCertificatesAreMounted() throws IOException {
    Map<String, JsonNode> objects =
        render(
            MINIMAL
                + "hl7: {feeds: [{name: ehr, port: 2575}, {name: lab, port: 2576}],"
                + " certificates: {existingSecret: keys}}\n");

    assertThat(objects.get("Service hl7").at("/spec/ports")).hasSize(2);
    assertThat(objects.get("Service hl7").at("/spec/ports/1/targetPort").asText())
        .isEqualTo("hl7-lab");
    assertThat(named(container(objects).at("/ports"), "hl7-lab").at("/containerPort").asInt())
        .isEqualTo(2576);
    assertThat(env(objects).get("CAREPATHWAY_HL7_FEEDS_LAB_PORT").at("/value").asText())
        .isEqualTo("2576");
    assertThat(mount(objects, "hl7-certificates").at("/mountPath").asText())
        .isEqualTo("/etc/care-pathway-hl7");
    assertThat(volume(objects, "hl7-certificates").at("/secret/secretName").asText())
        .isEqualTo("keys");
  }

  @Test
  void keysTowardsEhrsAreMountedInTheirOrder() throws IOException {
    Map<String, JsonNode> objects =
        render(
            MINIMAL
                + "fhir: {keys: [new.json, old.json], existingSecret: keys,"
                + " notifications: [{feed: epic, key: told}]}\n");

    assertThat(env(objects).get("CAREPATHWAY_FHIR_KEYS_0").at("/value").asText())
        .isEqualTo("file:/etc/care-pathway-fhir/new.json");
    assertThat(env(objects).get("CAREPATHWAY_FHIR_KEYS_1").at("/value").asText())
        .isEqualTo("file:/etc/care-pathway-fhir/old.json");
    JsonNode secret =
        env(objects)
            .get("CAREPATHWAY_FHIR_FEEDS_EPIC_NOTIFICATIONS_SECRET")
            .at("/valueFrom/secretKeyRef");
    assertThat(secret.at("/name").asText()).isEqualTo("keys");
    assertThat(secret.at("/key").asText()).isEqualTo("told");
    assertThat(mount(objects, "fhir-keys").at("/mountPath").asText())
        .isEqualTo("/etc/care-pathway-fhir");
    assertThat(volume(objects, "fhir-keys").at("/secret/items")).hasSize(2);
    assertThatThrownBy(() -> render(MINIMAL + "fhir: {keys: [new.json]}\n"))
        .hasMessageContaining("existingSecret");
  }

  @Test
  void noProbeCanStopASlowStart() throws IOException {
    JsonNode container = container(render(MINIMAL));

    JsonNode startup = container.at("/startupProbe");
    assertThat(startup.at("/httpGet/path").asText()).isEqualTo("/actuator/health/liveness");
    assertThat(startup.at("/periodSeconds").asInt() * startup.at("/failureThreshold").asInt())
        .as("seconds allowed for a start")
        .isGreaterThanOrEqualTo(300);
    assertThat(container.at("/readinessProbe/httpGet/path").asText())
        .isEqualTo("/actuator/health/readiness");
    assertThat(container.at("/livenessProbe/httpGet/path").asText())
        .isEqualTo("/actuator/health/liveness");
    for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
      assertThat(container.at("/" + probe + "/httpGet/port").asText()).isEqualTo("http");
    }
    assertThat(container.at("/ports/0/name").asText()).isEqualTo("http");
    assertThat(container.at("/ports/0/containerPort").asInt()).isEqualTo(8080);
  }

  @Test
  void theContainerHasNoRights() throws IOException {
    Map<String, JsonNode> objects = render(MINIMAL);
    JsonNode pod = pod(objects);
    JsonNode container = container(objects);

    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(10001);
    assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(container.at("/securityContext/capabilities/drop"))
        .extracting(JsonNode::asText)
        .containsExactly("ALL");
    assertThat(pod.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
    assertThat(objects.get("ServiceAccount").at("/automountServiceAccountToken").asBoolean(true))
        .isFalse();
  }

  @Test
  void onlyTmpCanBeWritten() throws IOException {
    JsonNode minimal = pod(render(MINIMAL));
    assertThat(minimal.at("/volumes")).hasSize(1);
    assertThat(minimal.at("/volumes/0").has("emptyDir")).isTrue();
    assertThat(minimal.at("/containers/0/volumeMounts/0/mountPath").asText()).isEqualTo("/tmp");

    for (JsonNode mount : container(render(fullExample())).at("/volumeMounts")) {
      boolean tmp = mount.at("/mountPath").asText().equals("/tmp");
      assertThat(mount.at("/readOnly").asBoolean()).as("%s read-only", mount).isEqualTo(!tmp);
    }
  }

  @Test
  void theDatabaseIsReadFromTheSecret() throws IOException {
    Map<String, JsonNode> env = env(render(MINIMAL));

    assertThat(env)
        .containsOnlyKeys(
            "SPRING_PROFILES_ACTIVE",
            "SPRING_DATASOURCE_URL",
            "SPRING_DATASOURCE_USERNAME",
            "SPRING_DATASOURCE_PASSWORD",
            "CAREPATHWAY_AUDIT_KEY",
            "CAREPATHWAY_AUDIT_FORMERKEYS",
            "TZ");
    assertThat(env.get("SPRING_PROFILES_ACTIVE").at("/value").asText()).isEqualTo("production");
    for (String key : List.of("url", "username", "password")) {
      JsonNode variable = env.get("SPRING_DATASOURCE_" + key.toUpperCase(Locale.ROOT));
      assertThat(variable.at("/valueFrom/secretKeyRef/name").asText())
          .isEqualTo("care-pathway-database");
      assertThat(variable.at("/valueFrom/secretKeyRef/key").asText()).isEqualTo(key);
      assertThat(variable.has("value")).as("literal %s", key).isFalse();
    }
  }

  @Test
  void keycloakAndTheAuditsKeyAreReadFromTheirSecrets() throws IOException {
    Map<String, JsonNode> env = env(render(fullExample()));

    assertThat(env.get("CAREPATHWAY_SIGNIN_ISSUER").at("/value").asText())
        .isEqualTo("https://keycloak.example.org/realms/care-pathway");
    assertThat(env.get("CAREPATHWAY_SIGNIN_SECRET").at("/valueFrom/secretKeyRef/name").asText())
        .isEqualTo("care-pathway-keycloak");
    JsonNode auditKey = env.get("CAREPATHWAY_AUDIT_KEY");
    assertThat(auditKey.at("/valueFrom/secretKeyRef/name").asText())
        .isEqualTo("care-pathway-audit");
    assertThat(auditKey.at("/valueFrom/secretKeyRef/key").asText()).isEqualTo("chain-key");
    assertThat(auditKey.has("value")).as("a literal key").isFalse();
    JsonNode formerKeys = env.get("CAREPATHWAY_AUDIT_FORMERKEYS").at("/valueFrom/secretKeyRef");
    assertThat(formerKeys.at("/name").asText()).isEqualTo("care-pathway-audit");
    assertThat(formerKeys.at("/key").asText()).isEqualTo("former-chain-keys");
    assertThat(formerKeys.at("/optional").asBoolean()).isTrue();
    assertThatThrownBy(
            () ->
                render(MINIMAL + "signIn: {keycloak: {issuer: 'https://k.example.org/realms/x'}}"))
        .hasMessageContaining("existingSecret");
  }

  @Test
  void signInAndSettingsAreMountedAndRead() throws IOException {
    Map<String, JsonNode> objects = render(fullExample());

    assertThat(env(objects).get("SPRING_CONFIG_ADDITIONAL_LOCATION").at("/value").asText())
        .as("the Secret comes last, so it wins")
        .isEqualTo("file:/etc/care-pathway/settings/,file:/etc/care-pathway/");
    assertThat(mount(objects, "settings").at("/mountPath").asText()).isEqualTo("/etc/care-pathway");
    JsonNode sources = volume(objects, "settings").at("/projected/sources");
    assertThat(sources.at("/0/configMap/name").asText())
        .isEqualTo(objects.get("ConfigMap").at("/metadata/name").asText());
    assertThat(sources.at("/0/configMap/items/0/path").asText())
        .isEqualTo("settings/application.yaml");
    assertThat(sources.at("/1/secret/name").asText()).isEqualTo("care-pathway-sign-in");
    assertThat(sources.at("/1/secret/items/0/path").asText()).isEqualTo("application.yaml");
  }

  @Test
  void signInAloneNeedsNoOtherSettings() throws IOException {
    Map<String, JsonNode> objects = render(MINIMAL + "signIn: {existingSecret: users}\n");

    assertThat(env(objects).get("SPRING_CONFIG_ADDITIONAL_LOCATION").at("/value").asText())
        .isEqualTo("file:/etc/care-pathway/");
    assertThat(volume(objects, "settings").at("/projected/sources")).hasSize(1);
  }

  @Test
  void contentIsMountedFromAConfigMapOrAVolume() throws IOException {
    Map<String, JsonNode> fromConfigMap = render(fullExample());
    assertThat(env(fromConfigMap).get("CAREPATHWAY_CONTENT_LOCATION").at("/value").asText())
        .isEqualTo("file:/content");
    assertThat(mount(fromConfigMap, "content").at("/mountPath").asText()).isEqualTo("/content");
    assertThat(volume(fromConfigMap, "content").at("/configMap/items/0/path").asText())
        .isEqualTo("bpmn/hip-fracture/hip-fracture.bpmn");

    Map<String, JsonNode> fromVolume =
        render(MINIMAL + "content: {volume: {persistentVolumeClaim: {claimName: pathways}}}\n");
    assertThat(volume(fromVolume, "content").at("/persistentVolumeClaim/claimName").asText())
        .isEqualTo("pathways");
  }

  @Test
  void moreVariablesTimeZoneAndJavaOptionsReachTheContainer() throws IOException {
    Map<String, JsonNode> env = env(render(fullExample()));

    assertThat(env.get("TZ").at("/value").asText()).isEqualTo("Europe/Paris");
    assertThat(env.get("JAVA_TOOL_OPTIONS").at("/value").asText())
        .isEqualTo("-XX:MaxRAMPercentage=70");
    assertThat(env.get("EXAMPLE_URL").at("/value").asText())
        .isEqualTo("https://ehr.example.org/fhir");
    assertThat(env.get("EXAMPLE_TOKEN").at("/valueFrom/secretKeyRef/key").asText())
        .isEqualTo("token");
  }

  @Test
  void theServiceAndTheIngressLeadToThePods() throws IOException {
    Map<String, JsonNode> objects = render(fullExample());
    JsonNode labels = objects.get("Deployment").at("/spec/template/metadata/labels");
    JsonNode service = objects.get("Service");
    JsonNode ingress = objects.get("Ingress");

    for (JsonNode selector :
        List.of(
            service.at("/spec/selector"),
            objects.get("Deployment").at("/spec/selector/matchLabels"),
            objects.get("PodDisruptionBudget").at("/spec/selector/matchLabels"),
            pod(objects).at("/topologySpreadConstraints/0/labelSelector/matchLabels"))) {
      assertThat(selector.properties()).isNotEmpty().isSubsetOf(labels.properties());
    }
    assertThat(service.at("/spec/ports/0/targetPort").asText()).isEqualTo("http");
    JsonNode backend = ingress.at("/spec/rules/0/http/paths/0/backend/service");
    assertThat(backend.at("/name")).isEqualTo(service.at("/metadata/name"));
    assertThat(backend.at("/port/name")).isEqualTo(service.at("/spec/ports/0/name"));
    assertThat(ingress.at("/spec/tls/0/hosts/0")).isEqualTo(ingress.at("/spec/rules/0/host"));
    assertThat(ingress.at("/spec/tls/0/secretName").asText()).isEqualTo("pathway-example-org");
  }

  @Test
  void anImageDigestWinsOverATag() throws IOException {
    assertThat(container(render(MINIMAL)).at("/image").asText()).isEqualTo("care-pathway:0.1.0");
    assertThat(container(render(fullExample())).at("/image").asText())
        .startsWith("registry.example.org/care-pathway@sha256:");
  }

  @Test
  void aPlatformCanPickTheUser() throws IOException {
    JsonNode context = pod(render(MINIMAL + "userId: null\n")).at("/securityContext");

    assertThat(context.has("runAsUser")).isFalse();
    assertThat(context.at("/runAsNonRoot").asBoolean()).isTrue();
  }

  @Test
  void aChangedSettingRestartsThePods() throws IOException {
    String checksum = "/spec/template/metadata/annotations/checksum~1config";
    JsonNode before = render(MINIMAL + "config: {a: 1}\n").get("Deployment").at(checksum);
    JsonNode same = render(MINIMAL + "config: {a: 1}\n").get("Deployment").at(checksum);
    JsonNode after = render(MINIMAL + "config: {a: 2}\n").get("Deployment").at(checksum);

    assertThat(before.asText()).matches("[0-9a-f]{64}");
    assertThat(same).isEqualTo(before);
    assertThat(after).isNotEqualTo(before);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "database: {}                                         | /database/existingSecret",
        "database: {existingSecret: null}                     | existingSecret",
        "database: null                                       | database",
        "database: {existingSecret: db, password: secret}     | password",
        "database: {existingSecret: 5}                        | /database/existingSecret",
        "database: {existingSecret: Not A Name}               | /database/existingSecret",
        "databse: {existingSecret: db}                        | databse",
        "audit: {existingSecret: ''}                          | /audit/existingSecret",
        "audit: {existingSecret: null}                        | existingSecret",
        "audit: {key: secret, existingSecret: audit}          | key",
        "signIn: {secret: users}                              | secret",
        "replicaCount: two                                    | /replicaCount",
        "replicaCount: 0                                      | /replicaCount",
        "userId: 0                                            | /userId",
        "timeZone: ''                                         | /timeZone",
        "image: {pullPolicy: Sometimes}                       | /image/pullPolicy",
        "image: {digest: latest}                              | /image/digest",
        "service: {port: 70000}                               | /service/port",
        "probes: {startup: {path: /}}                         | path",
        "resources: {limits: {memory: lots}}                  | /resources/limits/memory",
        "ingress: {enabled: 'yes'}                            | /ingress/enabled",
        "ingress: {enabled: true}                             | /ingress/host",
        "ingress: {tls: null}                                 | tls",
        "topologySpread: null                                 | topologySpread",
        "podDisruptionBudget: {maxUnavailable: -1}            | /podDisruptionBudget/maxUnavailable",
        "extraEnv: [{value: a}]                               | /extraEnv/0",
        "extraEnv: [{name: SPRING_DATASOURCE_PASSWORD, value: a}] | /extraEnv/0/name",
        "content: {items: [{key: a, path: ../a}]}             | /content/items/0/path",
        "content: {existingConfigMap: a}                      | content.items",
        "content: {existingConfigMap: a, volume: {emptyDir: {}}} | content: give",
      })
  void aBadValueIsRefusedByName(String value, String named) {
    String values =
        (value.startsWith("database:") ? "" : DATABASE)
            + (value.startsWith("audit:") ? "" : AUDIT)
            + value;
    assertThatThrownBy(() -> render(values)).hasMessageContaining(named);
  }

  @Test
  void theSchemaIsStrictAndKnowsEveryDocumentedValue() throws IOException {
    JsonNode schema = JSON.readTree(CHART.resolve("values.schema.json").toFile());
    JsonNode values = yaml(Files.readString(CHART.resolve("values.yaml")));

    assertThat(names(schema.at("/properties")))
        .as("values.yaml documents every value; \"global\" is Helm's own")
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(names(values).stream(), Stream.of("global")).toList());
    assertThat(schema.findParents("properties"))
        .filteredOn(node -> node.has("type"))
        .isNotEmpty()
        .allSatisfy(node -> assertThat(node.at("/additionalProperties").asBoolean(true)).isFalse());
  }

  @ParameterizedTest
  @ValueSource(strings = {"values.yaml", "ci/full-values.yaml"})
  void noPasswordIsAValue(String file) throws IOException {
    List<String> keys = new ArrayList<>();
    collectKeys(yaml(Files.readString(CHART.resolve(file))), keys);

    assertThat(keys).noneMatch(key -> key.toLowerCase(Locale.ROOT).contains("password"));
  }

  private static String fullExample() throws IOException {
    return Files.readString(CHART.resolve("ci/full-values.yaml"));
  }

  /** {@code helm lint} of this library takes no values, so they become a copied chart's own. */
  private LintResult lint(String values) throws IOException {
    Path copy = folder.resolve("care-pathway");
    FileSystemUtils.copyRecursively(CHART, copy);
    JsonNode merged = yaml(Files.readString(CHART.resolve("values.yaml")));
    JSON.readerForUpdating(merged).readValue(yaml(values));
    Files.writeString(copy.resolve("values.yaml"), merged.toString());
    return new Helm(copy).lint().strict().call();
  }

  /**
   * The rendered objects by kind; the chart makes at most one of each, and a Service for HL7 v2.
   */
  private Map<String, JsonNode> render(String values) throws IOException {
    Path file = Files.writeString(folder.resolve("values.yaml"), values);
    String rendered =
        new Helm(CHART)
            .template()
            .withName("test")
            .withKubeVersion("1.25.0")
            .withValuesFile(file)
            .call();
    Map<String, JsonNode> objects = new HashMap<>();
    for (Object document : parser().loadAll(rendered)) {
      if (document != null) {
        JsonNode object = JSON.valueToTree(document);
        String kind = object.at("/kind").asText();
        boolean isOfHl7 = object.at("/metadata/name").asText().endsWith("-hl7");
        assertThat(objects.put(isOfHl7 ? kind + " hl7" : kind, object)).isNull();
      }
    }
    return objects;
  }

  private static JsonNode pod(Map<String, JsonNode> objects) {
    return objects.get("Deployment").at("/spec/template/spec");
  }

  private static JsonNode container(Map<String, JsonNode> objects) {
    return pod(objects).at("/containers/0");
  }

  private static Map<String, JsonNode> env(Map<String, JsonNode> objects) {
    Map<String, JsonNode> variables = new HashMap<>();
    for (JsonNode variable : container(objects).at("/env")) {
      String name = variable.at("/name").asText();
      assertThat(variables.put(name, variable)).as("%s is set once", name).isNull();
    }
    return variables;
  }

  private static JsonNode volume(Map<String, JsonNode> objects, String name) {
    return named(pod(objects).at("/volumes"), name);
  }

  private static JsonNode mount(Map<String, JsonNode> objects, String name) {
    return named(container(objects).at("/volumeMounts"), name);
  }

  private static JsonNode named(JsonNode list, String name) {
    return StreamSupport.stream(list.spliterator(), false)
        .filter(element -> element.at("/name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static void collectKeys(JsonNode node, List<String> keys) {
    keys.addAll(names(node));
    node.forEach(child -> collectKeys(child, keys));
  }

  private static JsonNode yaml(String text) {
    return JSON.valueToTree(parser().load(text));
  }

  private static Yaml parser() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return new Yaml(new SafeConstructor(options));
  }
}
