/** The management cluster made ready: namespaces, roles, records and keys, before any host. */
@NullMarked
package io.rke4j.core.phase.prepare;

import org.jspecify.annotations.NullMarked;
