/** What vSphere says when it does not do what it is asked. */
@NullMarked
package io.rke4j.vsphere.error;

import org.jspecify.annotations.NullMarked;
