package org.carepathway.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Pointcut;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;

/** In which order the hooks on the store run: written in {@link StoreOrder}, and as it is here. */
class StoreOrderTest {

  @Test
  void aBundleIsLimitedBeforeItIsLookedAt() throws Exception {
    assertThat(order(Pointcut.STORAGE_TRANSACTION_PROCESSING))
        .containsExactly("StoreLimits", "Conditions", "ReferralsOnce", "SentHistory");
  }

  @Test
  void whatIsRefusedIsRefusedInThisOrder() throws Exception {
    assertThat(order(Pointcut.STORAGE_PRESTORAGE_RESOURCE_CREATED))
        .containsExactly(
            "SentHistory", "StoreLimits", "Conditions", "StoreValidation", "ReferralChecks");
    assertThat(order(Pointcut.STORAGE_PRESTORAGE_RESOURCE_UPDATED))
        .containsExactly(
            "Patching$End",
            "OwnedResources",
            "SentHistory",
            "StoreLimits",
            "Conditions",
            "StoreValidation",
            "TravellingPatients",
            "ReferralChecks");
  }

  @Test
  void whatFollowsFromAWriteComesAfterItWasKept() throws Exception {
    assertThat(order(Pointcut.STORAGE_PRECOMMIT_RESOURCE_CREATED))
        .containsExactly(
            "Committed",
            "SentIn",
            "PatientIndex",
            "WriteAudit",
            "Referrals",
            "PatientEvents",
            "KnownPatients",
            "StoredAppointments",
            "StoredChanges");
    assertThat(order(Pointcut.STORAGE_PRECOMMIT_RESOURCE_UPDATED))
        .containsExactly(
            "Committed",
            "PatientIndex",
            "WriteAudit",
            "Referrals",
            "PatientEvents",
            "KnownPatients",
            "StoredAppointments",
            "StoredChanges");
  }

  @Test
  void noTwoHooksShareAPlace() throws Exception {
    for (Pointcut pointcut : Pointcut.values()) {
      assertThat(hooks(pointcut)).extracting(StoreOrderTest::number).doesNotHaveDuplicates();
    }
  }

  private static List<String> order(Pointcut pointcut) throws Exception {
    return hooks(pointcut).stream()
        .map(hook -> hook.getDeclaringClass())
        .map(StoreOrderTest::name)
        .toList();
  }

  private static String name(Class<?> hook) {
    return hook.getName().substring(hook.getPackageName().length() + 1);
  }

  private static List<Method> hooks(Pointcut pointcut) throws Exception {
    ClassPathScanningCandidateComponentProvider scan =
        new ClassPathScanningCandidateComponentProvider(false);
    scan.addIncludeFilter(new AssignableTypeFilter(StoreInterceptor.class));
    List<Method> found = new ArrayList<>();
    for (var bean : scan.findCandidateComponents("org.carepathway")) {
      Class<?> type = Class.forName(bean.getBeanClassName());
      found.addAll(Arrays.stream(type.getMethods()).filter(m -> isOf(m, pointcut)).toList());
    }
    return found.stream().sorted(Comparator.comparing(StoreOrderTest::number)).toList();
  }

  private static boolean isOf(Method method, Pointcut pointcut) {
    return Stream.ofNullable(method.getAnnotation(Hook.class))
        .anyMatch(hook -> hook.value() == pointcut);
  }

  private static int number(Method hook) {
    return hook.getAnnotation(Hook.class).order();
  }
}
