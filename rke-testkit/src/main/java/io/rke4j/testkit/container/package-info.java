/** Containers, images and volumes of a simulated host, and what containers do. */
@NullMarked
package io.rke4j.testkit.container;

import org.jspecify.annotations.NullMarked;
