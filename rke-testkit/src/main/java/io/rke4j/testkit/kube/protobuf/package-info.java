/** Objects of Kubernetes as clients in Go send them, in Protocol Buffers. */
@NullMarked
package io.rke4j.testkit.kube.protobuf;

import org.jspecify.annotations.NullMarked;
