/** Steps that several phases share. */
@NullMarked
package io.rke4j.core.phase;

import org.jspecify.annotations.NullMarked;
