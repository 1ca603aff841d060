package io.rke4j.testkit.kube.protobuf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.kubernetes.client.proto.Runtime.Unknown;
import io.rke4j.testkit.kube.status.KubeFailure;
import java.util.Arrays;

/**
 * A body of type {@code application/vnd.kubernetes.protobuf}, in which clients in Go write what
 * they have a type for (kubectl's {@code create} since 1.32). Answers need no such form: those
 * clients take JSON as well.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding">its
 *     four bytes and its envelope</a>
 */
public final class ProtobufBody {

  /** What the type of such a body begins with. */
  public static final String TYPE = "application/vnd.kubernetes.protobuf";

  // By their descriptors: what was generated for them once is unsafe to read with.
  private static final Descriptor ENVELOPE = Unknown.getDescriptor();

  private static final byte[] MAGIC = {'k', '8', 's', 0};

  private ProtobufBody() {}

  /**
   * The same object in JSON.
   *
   * @throws KubeFailure 400 if the bytes are none; 415 if the kind has no such form
   */
  public static ObjectNode json(byte[] body) {
    int begin = MAGIC.length;
    if (body.length < begin || !Arrays.equals(body, 0, begin, MAGIC, 0, begin)) {
      throw malformed("it does not begin with k8s");
    }
    try {
      DynamicMessage envelope =
          DynamicMessage.parseFrom(ENVELOPE, ByteString.copyFrom(body, begin, body.length - begin));
      Message type = (Message) part(envelope, "typeMeta");
      String version = (String) part(type, "apiVersion");
      String kind = (String) part(type, "kind");
      Descriptor form =
          MessageTypes.of(version, kind)
              .orElseThrow(
                  () -> KubeFailure.unsupportedMediaType("application/json, application/yaml"));
      ByteString raw = (ByteString) part(envelope, "raw");
      ObjectNode object = MessageJson.of(DynamicMessage.parseFrom(form, raw));
      return object.put("apiVersion", version).put("kind", kind);
    } catch (InvalidProtocolBufferException e) {
      throw malformed(String.valueOf(e.getMessage()));
    }
  }

  private static Object part(Message message, String name) {
    return message.getField(message.getDescriptorForType().findFieldByName(name));
  }

  private static KubeFailure malformed(String why) {
    return KubeFailure.badRequest("the object provided is unrecognized: " + why);
  }
}
