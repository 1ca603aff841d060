/** What the driver wants of vCenter, in words of its own: no type of any library. */
@NullMarked
package io.rke4j.vsphere.internal.vim;

import org.jspecify.annotations.NullMarked;
