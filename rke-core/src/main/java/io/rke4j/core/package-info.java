/** The provisioner: nothing here is named by other modules but through {@code ServiceLoader}. */
@NullMarked
package io.rke4j.core;

import org.jspecify.annotations.NullMarked;
