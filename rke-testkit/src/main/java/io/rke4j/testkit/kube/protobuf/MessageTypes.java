package io.rke4j.testkit.kube.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Admissionregistration;
import io.kubernetes.client.proto.V1Apiextensions;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authentication;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Autoscaling;
import io.kubernetes.client.proto.V1Batch;
import io.kubernetes.client.proto.V1Certificates;
import io.kubernetes.client.proto.V1Coordination;
import io.kubernetes.client.proto.V1Discovery;
import io.kubernetes.client.proto.V1Events;
import io.kubernetes.client.proto.V1Networking;
import io.kubernetes.client.proto.V1Policy;
import io.kubernetes.client.proto.V1Rbac;
import io.kubernetes.client.proto.V1Scheduling;
import io.kubernetes.client.proto.V1Storage;
import io.kubernetes.client.proto.V1beta1Batch;
import io.kubernetes.client.proto.V1beta1Policy;
import io.kubernetes.client.proto.V1beta1Rbac;
import io.kubernetes.client.proto.V1beta1Storage;
import io.kubernetes.client.proto.V2Autoscaling;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The messages that the kinds of Kubernetes have. */
final class MessageTypes {

  /** Read when they are needed: the core's alone are thousands of fields. */
  private static final Map<String, Supplier<FileDescriptor>> FILES =
      Map.ofEntries(
          Map.entry("v1", V1::getDescriptor),
          Map.entry("admissionregistration.k8s.io/v1", V1Admissionregistration::getDescriptor),
          Map.entry("apiextensions.k8s.io/v1", V1Apiextensions::getDescriptor),
          Map.entry("apps/v1", V1Apps::getDescriptor),
          Map.entry("authentication.k8s.io/v1", V1Authentication::getDescriptor),
          Map.entry("authorization.k8s.io/v1", V1Authorization::getDescriptor),
          Map.entry("autoscaling/v1", V1Autoscaling::getDescriptor),
          Map.entry("autoscaling/v2", V2Autoscaling::getDescriptor),
          Map.entry("batch/v1", V1Batch::getDescriptor),
          Map.entry("batch/v1beta1", V1beta1Batch::getDescriptor),
          Map.entry("certificates.k8s.io/v1", V1Certificates::getDescriptor),
          Map.entry("coordination.k8s.io/v1", V1Coordination::getDescriptor),
          Map.entry("discovery.k8s.io/v1", V1Discovery::getDescriptor),
          Map.entry("events.k8s.io/v1", V1Events::getDescriptor),
          Map.entry("networking.k8s.io/v1", V1Networking::getDescriptor),
          Map.entry("policy/v1", V1Policy::getDescriptor),
          Map.entry("policy/v1beta1", V1beta1Policy::getDescriptor),
          Map.entry("rbac.authorization.k8s.io/v1", V1Rbac::getDescriptor),
          Map.entry("rbac.authorization.k8s.io/v1beta1", V1beta1Rbac::getDescriptor),
          Map.entry("scheduling.k8s.io/v1", V1Scheduling::getDescriptor),
          Map.entry("storage.k8s.io/v1", V1Storage::getDescriptor),
          Map.entry("storage.k8s.io/v1beta1", V1beta1Storage::getDescriptor));

  private MessageTypes() {}

  /** Every version has options, such as {@code DeleteOptions}, which are Kubernetes' own. */
  static Optional<Descriptor> of(String apiVersion, String kind) {
    return Optional.ofNullable(FILES.get(apiVersion))
        .map(file -> file.get().findMessageTypeByName(kind))
        .or(() -> Optional.ofNullable(Meta.getDescriptor().findMessageTypeByName(kind)));
  }
}
