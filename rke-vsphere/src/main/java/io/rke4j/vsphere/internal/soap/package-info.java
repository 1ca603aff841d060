/** The one place that sees yavijava: vCenter's SOAP service. */
@NullMarked
package io.rke4j.vsphere.internal.soap;

import org.jspecify.annotations.NullMarked;
