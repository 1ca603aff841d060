/** What cloud-init reads when a machine boots first. */
@NullMarked
package io.rke4j.vsphere.internal.seed;

import org.jspecify.annotations.NullMarked;
