/** Programs that embed rke4j. */
@NullMarked
package io.rke4j.examples;

import org.jspecify.annotations.NullMarked;
