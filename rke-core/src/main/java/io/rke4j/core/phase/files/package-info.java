/** Certificates and configuration files put on the hosts. */
@NullMarked
package io.rke4j.core.phase.files;

import org.jspecify.annotations.NullMarked;
