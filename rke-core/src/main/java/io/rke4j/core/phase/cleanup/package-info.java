/** Access handed over, and taken away what only provisioning needed. */
@NullMarked
package io.rke4j.core.phase.cleanup;

import org.jspecify.annotations.NullMarked;
