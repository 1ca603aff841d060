/** What stands in the way of a cluster, seen before anything is built. */
@NullMarked
package io.rke4j.api.check;

import org.jspecify.annotations.NullMarked;
