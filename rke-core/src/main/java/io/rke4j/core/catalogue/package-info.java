/** The Kubernetes versions that can be provisioned, and what belongs to each. */
@NullMarked
package io.rke4j.core.catalogue;

import org.jspecify.annotations.NullMarked;
