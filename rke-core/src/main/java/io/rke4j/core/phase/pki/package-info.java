/** Certificates issued and saved. */
@NullMarked
package io.rke4j.core.phase.pki;

import org.jspecify.annotations.NullMarked;
