/** Looks at hosts before a cluster is built: one script per host, and checks over what it says. */
@NullMarked
package io.rke4j.core.check;

import org.jspecify.annotations.NullMarked;
