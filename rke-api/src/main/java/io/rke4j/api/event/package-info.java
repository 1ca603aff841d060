/** What is happening, as typed events. */
@NullMarked
package io.rke4j.api.event;

import org.jspecify.annotations.NullMarked;
