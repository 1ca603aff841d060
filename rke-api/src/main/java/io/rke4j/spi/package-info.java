/** What all plug-in interfaces share: deadlines, cancellation, waiting, failures. */
@NullMarked
package io.rke4j.spi;

import org.jspecify.annotations.NullMarked;
