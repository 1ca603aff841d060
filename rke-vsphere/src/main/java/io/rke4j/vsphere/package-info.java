/** Machines in vSphere: the driver, and how it is found. */
@NullMarked
package io.rke4j.vsphere;

import org.jspecify.annotations.NullMarked;
