/** Reaching a host by SSH: one verified connection per host, and streams through it. */
@NullMarked
package io.rke4j.core.ssh;

import org.jspecify.annotations.NullMarked;
