package io.rke4j.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.rke4j.api.ClusterFileReader;
import io.rke4j.api.ProvisionerProvider;
import io.rke4j.spi.addon.AddonDeployerProvider;
import io.rke4j.spi.node.NodeDriverProvider;
import io.rke4j.spi.runtime.ContainerRuntimeProvider;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServicesTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        ProvisionerProvider.class,
        ClusterFileReader.class,
        NodeDriverProvider.class,
        ContainerRuntimeProvider.class,
        AddonDeployerProvider.class
      })
  void everyProviderIsFound(Class<?> service) {
    List<String> implemented =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.rke4j.core")
                .stream()
                .filter(found -> found.isAssignableTo(service))
                .filter(found -> found.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getName)
                .toList();
    assertThat(implemented).isNotEmpty();
    assertThat(ServiceLoader.load(service).stream().map(provider -> provider.type().getName()))
        .containsExactlyInAnyOrderElementsOf(implemented);
  }
}
