/** The rules of the design, as tests. */
@NullMarked
package io.rke4j.core.guard;

import org.jspecify.annotations.NullMarked;
