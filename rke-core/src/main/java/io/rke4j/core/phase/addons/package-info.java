/** DNS, metrics, ingress and the user's own manifests. */
@NullMarked
package io.rke4j.core.phase.addons;

import org.jspecify.annotations.NullMarked;
