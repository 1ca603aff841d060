package io.rke4j.core.guard;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.rke4j.api.plan.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;

@AnalyzeClasses(
    packages = "io.rke4j",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.rke4j.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theApiNeedsNothingButTheJdk =
      classes()
          .that()
          .resideInAnyPackage("io.rke4j.api..", "io.rke4j.spi..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "io.rke4j.api..", "io.rke4j.spi..", "org.jspecify..");

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses().should().callMethodWhere(calls(Thread.class, "sleep"));

  @ArchTest
  static final ArchRule nobodyPrints =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule nobodyRunsProgramsHere =
      noClasses()
          .that()
          // The testkit's hosts are containers of the machine's Docker, by its own command.
          .doNotHaveFullyQualifiedName("io.rke4j.testkit.docker.DockerCommand")
          .should()
          .callMethodWhere(calls(Runtime.class, "exec"))
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(ProcessBuilder.class);

  @ArchTest
  static final ArchRule threadsAreMadeInFewPlaces =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.rke4j.core.Workers")
          .and()
          .doNotHaveFullyQualifiedName("io.rke4j.core.Provision")
          .and()
          .doNotHaveFullyQualifiedName("io.rke4j.core.engine.EventDelivery")
          .and()
          .doNotHaveFullyQualifiedName("io.rke4j.core.builtin.state.KubernetesLease")
          .and()
          .doNotHaveFullyQualifiedName("io.rke4j.testkit.host.FleetThreads")
          .and()
          .resideOutsideOfPackage("io.rke4j.testkit.kube.threads")
          .should()
          .callConstructorWhere(
              DescribedPredicate.describe(
                  "is new Thread(…)", call -> call.getTargetOwner().isEquivalentTo(Thread.class)))
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Executors.class);

  @ArchTest
  static final ArchRule builtInPartsUseWhatAStrangerCouldUse =
      noClasses()
          .that()
          .resideInAPackage("io.rke4j.core.builtin..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.rke4j.core.engine..",
              "io.rke4j.core.phase..",
              "io.rke4j.core.host..",
              "io.rke4j.core.ssh..",
              "io.rke4j.core.state..",
              "io.rke4j.core.render..",
              "io.rke4j.core.cluster..");

  @ArchTest
  static final ArchRule theEngineKnowsNoKubernetes =
      classes()
          .that()
          .resideInAPackage("io.rke4j.core.engine..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.slf4j..",
              "org.jspecify..",
              "io.rke4j.api..",
              "io.rke4j.spi..",
              "io.rke4j.core.host..",
              "io.rke4j.core.engine..");

  @ArchTest static final ArchRule sshStaysInItsPlace = only("core.ssh", "net.schmizz..");

  @ArchTest
  static final ArchRule dockerStaysInItsPlace =
      only("core.builtin.docker", "com.github.dockerjava..", "org.apache.hc..");

  @ArchTest
  static final ArchRule cryptographyStaysInItsPlace = only("core.pki", "org.bouncycastle..");

  @ArchTest static final ArchRule kubernetesStaysInItsPlace = only("core.kube", "io.fabric8..");

  @ArchTest
  static void aPhaseUsesOnlyEarlierPhases(JavaClasses all) {
    List<String> phases =
        Arrays.stream(Phase.values())
            .map(phase -> "io.rke4j.core.phase." + phase.slug().replace("-", "") + "..")
            .toList();
    for (int i = 0; i < phases.size() - 1; i++) {
      noClasses()
          .that()
          .resideInAPackage(phases.get(i))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(phases.subList(i + 1, phases.size()).toArray(String[]::new))
          .check(all);
    }
    // What several phases share belongs to none of them.
    noClasses()
        .that()
        .resideInAPackage("io.rke4j.core.phase")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(phases.toArray(String[]::new))
        .check(all);
  }

  private static ArchRule only(String place, String... libraries) {
    return noClasses()
        .that()
        .resideOutsideOfPackage("io.rke4j." + place + "..")
        .should()
        .dependOnClassesThat(resideInAnyPackage(libraries));
  }

  private static DescribedPredicate<JavaMethodCall> calls(Class<?> owner, String method) {
    return DescribedPredicate.describe(
        "is " + owner.getSimpleName() + "." + method,
        call ->
            call.getTargetOwner().isEquivalentTo(owner)
                && call.getTarget().getName().equals(method));
  }
}
