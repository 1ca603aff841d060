/** Finds the objects that the settings name. */
@NullMarked
package io.rke4j.vsphere.internal.inventory;

import org.jspecify.annotations.NullMarked;
