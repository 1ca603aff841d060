/** The etcd members. */
@NullMarked
package io.rke4j.core.phase.etcd;

import org.jspecify.annotations.NullMarked;
