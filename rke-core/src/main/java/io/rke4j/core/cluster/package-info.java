/** A specification with everything filled in: what all phases and renderers work from. */
@NullMarked
package io.rke4j.core.cluster;

import org.jspecify.annotations.NullMarked;
