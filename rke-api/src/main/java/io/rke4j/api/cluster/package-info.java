/** What the user wants: the cluster specification, immutable and checked. */
@NullMarked
package io.rke4j.api.cluster;

import org.jspecify.annotations.NullMarked;
