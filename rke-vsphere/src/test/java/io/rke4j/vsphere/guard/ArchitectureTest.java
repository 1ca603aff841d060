package io.rke4j.vsphere.guard;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

@AnalyzeClasses(
    packages = "io.rke4j.vsphere",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {

  private static final String VIM = "com.vmware..";

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.rke4j.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onePackageSeesTheLibrary =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.rke4j.vsphere.internal.soap")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(VIM)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule noPublicSignatureShowsIt =
      classes()
          .that()
          .resideOutsideOfPackage("io.rke4j.vsphere.internal..")
          .should(showNothingOf(resideInAPackage(VIM)))
          .andShould(showNothingOf(resideInAPackage("io.rke4j.vsphere.internal..")));

  @ArchTest
  static final ArchRule onlyDataObjectsOfTheLibraryAreUsed =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.vmware.vim25.mo..", "com.vmware.vim25.ws..", "com.vmware.vim..");

  @ArchTest
  static final ArchRule nobodySleepsOrPrints =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  private static ArchCondition<JavaClass> showNothingOf(DescribedPredicate<JavaClass> library) {
    return new ArchCondition<>("show nothing of " + library.getDescription()) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!type.getModifiers().contains(JavaModifier.PUBLIC)) {
          return;
        }
        type.getMembers().stream()
            .filter(ArchitectureTest::isVisible)
            .filter(member -> member.getAllInvolvedRawTypes().stream().anyMatch(library))
            .forEach(
                member -> events.add(SimpleConditionEvent.violated(member, member.getFullName())));
      }
    };
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }
}
