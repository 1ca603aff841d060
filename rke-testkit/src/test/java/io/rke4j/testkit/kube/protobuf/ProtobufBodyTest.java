package io.rke4j.testkit.kube.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.kubernetes.client.proto.IntStr.IntOrString;
import io.kubernetes.client.proto.Meta.ObjectMeta;
import io.kubernetes.client.proto.Meta.Time;
import io.kubernetes.client.proto.Resource.Quantity;
import io.kubernetes.client.proto.Runtime.TypeMeta;
import io.kubernetes.client.proto.Runtime.Unknown;
import io.kubernetes.client.proto.V1.ConfigMapVolumeSource;
import io.kubernetes.client.proto.V1.Container;
import io.kubernetes.client.proto.V1.EmptyDirVolumeSource;
import io.kubernetes.client.proto.V1.HTTPGetAction;
import io.kubernetes.client.proto.V1.LocalObjectReference;
import io.kubernetes.client.proto.V1.Pod;
import io.kubernetes.client.proto.V1.PodSpec;
import io.kubernetes.client.proto.V1.Probe;
import io.kubernetes.client.proto.V1.ProbeHandler;
import io.kubernetes.client.proto.V1.ResourceRequirements;
import io.kubernetes.client.proto.V1.Secret;
import io.kubernetes.client.proto.V1.ServicePort;
import io.kubernetes.client.proto.V1.ServiceSpec;
import io.kubernetes.client.proto.V1.Volume;
import io.kubernetes.client.proto.V1.VolumeSource;
import io.kubernetes.client.proto.V1Apiextensions.JSONSchemaProps;
import io.kubernetes.client.proto.V1Apiextensions.JSONSchemaPropsOrBool;
import io.kubernetes.client.proto.V1Apps.Deployment;
import io.kubernetes.client.proto.V1Apps.DeploymentSpec;
import io.rke4j.testkit.kube.json.Json;
import io.rke4j.testkit.kube.status.KubeFailure;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What clients in Go write is the object that they mean. */
class ProtobufBodyTest {

  private static byte[] body(String apiVersion, String kind, Message message) {
    Unknown envelope =
        Unknown.newBuilder()
            .setTypeMeta(TypeMeta.newBuilder().setApiVersion(apiVersion).setKind(kind))
            .setRaw(message.toByteString())
            .build();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("k8s\0".getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(envelope.toByteArray());
    return body.toByteArray();
  }

  @Test
  void objectHasItsKindAndWhatWasSaid() {
    Secret secret =
        Secret.newBuilder()
            .setMetadata(
                ObjectMeta.newBuilder()
                    .setName("login")
                    .setNamespace("")
                    .setGeneration(0)
                    .setCreationTimestamp(Time.getDefaultInstance())
                    .putLabels("a", "b"))
            .putData("key", ByteString.copyFromUtf8("value"))
            .build();

    assertThat(ProtobufBody.json(body("v1", "Secret", secret)))
        .isEqualTo(
            Json.parse(
                """
                {"metadata": {"name": "login", "labels": {"a": "b"}}, "data": {"key": "dmFsdWU="},
                 "apiVersion": "v1", "kind": "Secret"}
                """));
  }

  @Test
  void partsWithoutANameInJsonAreOneLevelUp() {
    Volume empty =
        Volume.newBuilder()
            .setName("empty")
            .setVolumeSource(
                VolumeSource.newBuilder().setEmptyDir(EmptyDirVolumeSource.getDefaultInstance()))
            .build();
    Volume map =
        Volume.newBuilder()
            .setName("map")
            .setVolumeSource(
                VolumeSource.newBuilder()
                    .setConfigMap(
                        ConfigMapVolumeSource.newBuilder()
                            .setLocalObjectReference(
                                LocalObjectReference.newBuilder().setName("settings"))))
            .build();
    Probe probe =
        Probe.newBuilder()
            .setHandler(
                ProbeHandler.newBuilder()
                    .setHttpGet(
                        HTTPGetAction.newBuilder()
                            .setPort(IntOrString.newBuilder().setType(1).setStrVal("http"))))
            .build();
    Pod pod =
        Pod.newBuilder()
            .setSpec(
                PodSpec.newBuilder()
                    .addVolumes(empty)
                    .addVolumes(map)
                    .addContainers(
                        Container.newBuilder()
                            .setName("web")
                            .setLivenessProbe(probe)
                            .setResources(
                                ResourceRequirements.newBuilder()
                                    .putLimits(
                                        "cpu", Quantity.newBuilder().setString("1").build()))))
            .build();

    assertThat(ProtobufBody.json(body("v1", "Pod", pod)).get("spec"))
        .isEqualTo(
            Json.parse(
                """
                {"volumes": [{"name": "empty", "emptyDir": {}},
                             {"name": "map", "configMap": {"name": "settings"}}],
                 "containers": [{"name": "web", "resources": {"limits": {"cpu": "1"}},
                                 "livenessProbe": {"httpGet": {"port": "http"}}}]}
                """));
  }

  @Test
  void zeroThatWasSaidStays() {
    Deployment none =
        Deployment.newBuilder().setSpec(DeploymentSpec.newBuilder().setReplicas(0)).build();
    io.kubernetes.client.proto.V1.Service service =
        io.kubernetes.client.proto.V1.Service.newBuilder()
            .setSpec(
                ServiceSpec.newBuilder()
                    .addPorts(ServicePort.newBuilder().setPort(80).setNodePort(0)))
            .build();

    assertThat(ProtobufBody.json(body("apps/v1", "Deployment", none)).get("spec"))
        .isEqualTo(Json.parse("{\"replicas\": 0}"));
    assertThat(ProtobufBody.json(body("v1", "Service", service)).get("spec"))
        .isEqualTo(Json.parse("{\"ports\": [{\"port\": 80}]}"));
  }

  @Test
  void schemasHaveTheirOwnWaysOfWriting() {
    JSONSchemaProps schema =
        JSONSchemaProps.newBuilder()
            .setType("object")
            .setXKubernetesPreserveUnknownFields(true)
            .setAdditionalProperties(JSONSchemaPropsOrBool.newBuilder().setAllows(true))
            .build();

    assertThat(MessageJson.of(schema))
        .isEqualTo(
            Json.parse(
                """
                {"type": "object", "additionalProperties": true,
                 "x-kubernetes-preserve-unknown-fields": true}
                """));
  }

  @Test
  void timesAreWrittenAsKubernetesDoes() {
    Pod pod =
        Pod.newBuilder()
            .setMetadata(
                ObjectMeta.newBuilder()
                    .setDeletionTimestamp(Time.newBuilder().setSeconds(1_600_000_000).setNanos(5)))
            .build();

    assertThat(ProtobufBody.json(body("v1", "Pod", pod)).at("/metadata/deletionTimestamp").asText())
        .isEqualTo("2020-09-13T12:26:40Z");
  }

  @Test
  void whatIsNoObjectIsRefused() {
    assertThatThrownBy(() -> ProtobufBody.json("{}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            KubeFailure.class, failure -> assertThat(failure.code()).isEqualTo(400));
    assertThatThrownBy(() -> ProtobufBody.json(new byte[] {'k', '8', 's', 0, 9, 9, 9}))
        .isInstanceOfSatisfying(
            KubeFailure.class, failure -> assertThat(failure.code()).isEqualTo(400));
    assertThatThrownBy(
            () ->
                ProtobufBody.json(body("example.org/v1", "Ship", ObjectMeta.getDefaultInstance())))
        .isInstanceOfSatisfying(
            KubeFailure.class, failure -> assertThat(failure.code()).isEqualTo(415));
  }
}
