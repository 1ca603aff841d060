/** Configuration files of Kubernetes in YAML: checked, completed and written. */
@NullMarked
package io.rke4j.core.document;

import org.jspecify.annotations.NullMarked;
