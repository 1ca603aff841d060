/** Containers as they are, held against containers as they are wanted. */
@NullMarked
package io.rke4j.core.container;

import org.jspecify.annotations.NullMarked;
