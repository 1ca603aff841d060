/** Reads RKE's {@code cluster.yml}, strictly. */
@NullMarked
package io.rke4j.core.config;

import org.jspecify.annotations.NullMarked;
