/** How machines are found, made and destroyed. */
@NullMarked
package io.rke4j.vsphere.internal.machine;

import org.jspecify.annotations.NullMarked;
