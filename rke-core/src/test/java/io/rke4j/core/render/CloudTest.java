package io.rke4j.core.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.api.ClusterFile;
import io.rke4j.api.cluster.AzureOption;
import io.rke4j.api.cluster.CloudBuilder;
import io.rke4j.api.cluster.ClusterSpec;
import io.rke4j.api.cluster.InvalidSpecException;
import io.rke4j.api.cluster.OpenstackOption;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.VsphereBuilder;
import io.rke4j.api.cluster.VsphereOption;
import io.rke4j.api.cluster.VsphereServerOption;
import io.rke4j.core.cluster.ClusterNode;
import io.rke4j.core.cluster.Resolved;
import io.rke4j.core.document.AzureFile;
import io.rke4j.core.document.CloudFile;
import io.rke4j.spi.runtime.ContainerSpec;
import io.rke4j.spi.runtime.HostFile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudTest {

  private static final Path EXAMPLES = Path.of("src/test/resources/cluster-yml");

  @ParameterizedTest
  @ValueSource(strings = {"vsphere", "openstack", "azure", "aws", "harvester", "custom"})
  void theFileIsInTheProvidersForm(String provider) {
    ClusterSpec spec = ClusterFile.read(EXAMPLES.resolve("cloud-" + provider + ".yml"));

    Golden.check("cloud", provider, CloudFile.of(spec.cloud()).reveal());
  }

  @ParameterizedTest
  @ValueSource(strings = {Samples.V1_17, Samples.V1_20})
  void componentsAreToldOfTheCloud(String version) {
    Resolved cluster =
        Samples.resolve(Samples.threeNodes(version).cloud(cloud -> cloud.vsphere(CloudTest::lab)));
    StringBuilder text = new StringBuilder();
    for (ContainerRenderer renderer :
        List.of(new KubeApiServer(), new KubeControllerManager(), new Kubelet(), new KubeProxy())) {
      text.append("---\n").append(ContainerText.of(rendered(renderer, cluster, 1)));
    }

    Golden.check("cloud", version + "-containers", text.toString());
    assertThat(text).doesNotContain("hunter2");
  }

  private static void lab(VsphereBuilder vsphere) {
    vsphere
        .server(
            "vc.lab",
            server ->
                server
                    .set(VsphereServerOption.USER, "rke")
                    .set(VsphereServerOption.PASSWORD, Secret.of("hunter2")))
        .options(
            options ->
                options
                    .set(VsphereOption.WORKSPACE_SERVER, "vc.lab")
                    .set(VsphereOption.WORKSPACE_DATACENTER, "dc")
                    .set(VsphereOption.WORKSPACE_FOLDER, "k8s"));
  }

  @Test
  void theFileIsOnEveryHostForRootAlone() {
    Resolved cluster =
        Samples.resolve(
            Samples.separateRoles(Samples.V1_20).cloud(cloud -> cloud.named("external")));

    for (ClusterNode node : cluster.nodes()) {
      HostFile file = ConfigFiles.of(cluster, node).get(0);
      assertThat(file.path()).isEqualTo("/etc/kubernetes/cloud-config");
      assertThat(file.mode()).isEqualTo(0600);
      assertThat(file.content().reveal()).isEqualTo("\n");
    }
  }

  @Test
  void externalAwsIsExternalAndMayNameTheNodes() {
    Resolved named = clouded(cloud -> cloud.named("external-aws"));
    Resolved unnamed = clouded(cloud -> cloud.named("external-aws").instanceNames());

    assertThat(flags(new Kubelet(), named))
        .contains("--cloud-provider=external", "--hostname-override=172.17.0.2");
    assertThat(flags(new KubeProxy(), named))
        .contains("--hostname-override=172.17.0.2", "--bind-address=172.17.0.2");
    assertThat(flags(new Kubelet(), unnamed)).noneMatch(flag -> flag.contains("hostname"));
    assertThat(flags(new KubeProxy(), unnamed)).noneMatch(flag -> flag.contains("hostname"));
  }

  @Test
  void onAwsTheKubeletKeepsItsNameSinceItsLabelComesFromThere() {
    Resolved cluster = clouded(cloud -> cloud.named("aws").instanceNames());

    assertThat(flags(new Kubelet(), cluster))
        .contains("--cloud-provider=aws", "--hostname-override=172.17.0.2");
    assertThat(flags(new KubeProxy(), cluster)).noneMatch(flag -> flag.contains("hostname"));
    assertThat(CloudFile.of(cluster.spec().cloud()).reveal()).isEmpty();
  }

  @Test
  void anotherPasswordMakesOtherContainers() {
    assertThat(rendered(new Kubelet(), clouded(openstack("one")), 0).program().env())
        .isNotEqualTo(rendered(new Kubelet(), clouded(openstack("two")), 0).program().env());
  }

  @Test
  void whatAzureFillsInIsNoDifference() {
    String wanted =
        CloudFile.of(
                Samples.single(Samples.V1_20)
                    .cloud(
                        cloud ->
                            cloud.azure(
                                options ->
                                    options
                                        .set(AzureOption.TENANT_ID, "t")
                                        .set(AzureOption.SUBSCRIPTION_ID, "s")
                                        .set(AzureOption.USE_MANAGED_IDENTITY_EXTENSION, true)))
                    .build()
                    .cloud())
            .reveal();
    String filled =
        wanted
            .replace("\"vnetName\": \"\"", "\"vnetName\": \"net\"")
            .replace("\"useInstanceMetadata\": false", "\"useInstanceMetadata\": true");

    assertThat(filled).isNotEqualTo(wanted);
    assertThat(AzureFile.isCompleted(wanted, filled)).isTrue();
    assertThat(AzureFile.isCompleted(wanted, filled.replace("\"t\"", "\"u\""))).isFalse();
    assertThat(
            AzureFile.isCompleted(wanted, filled.replace("\"vmType\": \"\"", "\"vmType\": \"x\"")))
        .isFalse();
    assertThat(AzureFile.isCompleted(wanted, "[Global]")).isFalse();
    assertThat(AzureFile.isCompleted("[Global]", "[Global]\nuser = x")).isFalse();
  }

  @Test
  void providersAreRefusedOnceKubernetesHasThemNoMore() {
    assertThatThrownBy(
            () -> Samples.single("v1.27.16-rancher1-1").cloud(cloud -> cloud.named("aws")).build())
        .isInstanceOf(InvalidSpecException.class)
        .hasMessageContaining("'aws' is not in Kubernetes 1.27 and newer");
    assertThatThrownBy(
            () ->
                Samples.single("v1.30.4-rancher1-1").cloud(c -> c.vsphere(CloudTest::lab)).build())
        .hasMessageContaining("'vsphere' is not in Kubernetes 1.29 and newer");
    assertThat(
            Samples.single("v1.30.4-rancher1-1")
                .cloud(cloud -> cloud.named("external"))
                .build()
                .cloud()
                .name())
        .isEqualTo("external");
  }

  @Test
  void everyMistakeIsTold() {
    assertThatThrownBy(
            () ->
                Samples.single(Samples.V1_20)
                    .cloud(
                        cloud ->
                            cloud
                                .named("gce")
                                .openstack(
                                    options ->
                                        options
                                            .set(OpenstackOption.PASSWORD, "in the open")
                                            .set(OpenstackOption.USE_OCTAVIA, 1)
                                            .set(OpenstackOption.REGION, "a\nb")))
                    .build())
        .hasMessageContaining("cloud_provider: is given twice")
        .hasMessageContaining("global.password: must be a Secret")
        .hasMessageContaining("use-octavia: must be true or false")
        .hasMessageContaining("region: has a line break")
        .hasMessageContaining("auth-url: is missing");
  }

  private static Consumer<CloudBuilder> openstack(String password) {
    return cloud ->
        cloud.openstack(
            options ->
                options
                    .set(OpenstackOption.AUTH_URL, "https://keystone.lab")
                    .set(OpenstackOption.USERNAME, "rke")
                    .set(OpenstackOption.PASSWORD, Secret.of(password)));
  }

  private static Resolved clouded(Consumer<CloudBuilder> cloud) {
    return Samples.resolve(Samples.single(Samples.V1_20).cloud(cloud));
  }

  private static List<String> flags(ContainerRenderer renderer, Resolved cluster) {
    return rendered(renderer, cluster, 0).program().entrypoint();
  }

  private static ContainerSpec rendered(ContainerRenderer renderer, Resolved cluster, int node) {
    return renderer.render(cluster, cluster.nodes().get(node), Samples.DEBIAN);
  }
}
