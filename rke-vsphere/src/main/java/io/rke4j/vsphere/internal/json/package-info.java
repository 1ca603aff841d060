/** The little JSON that vCenter's REST service and cloud-init need. */
@NullMarked
package io.rke4j.vsphere.internal.json;

import org.jspecify.annotations.NullMarked;
