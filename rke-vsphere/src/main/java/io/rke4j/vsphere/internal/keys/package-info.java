/** SSH keys that the driver makes itself, and where they are kept. */
@NullMarked
package io.rke4j.vsphere.internal.keys;

import org.jspecify.annotations.NullMarked;
