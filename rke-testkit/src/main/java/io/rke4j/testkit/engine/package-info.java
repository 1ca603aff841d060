/** The HTTP interface of a simulated Docker Engine, version 1.41. */
@NullMarked
package io.rke4j.testkit.engine;

import org.jspecify.annotations.NullMarked;
