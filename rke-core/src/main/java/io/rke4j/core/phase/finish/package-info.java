/** What was done is awaited and written down. */
@NullMarked
package io.rke4j.core.phase.finish;

import org.jspecify.annotations.NullMarked;
