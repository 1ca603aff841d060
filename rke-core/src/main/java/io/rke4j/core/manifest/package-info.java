/** The manifests of everything that is deployed into a new cluster. */
@NullMarked
package io.rke4j.core.manifest;

import org.jspecify.annotations.NullMarked;
