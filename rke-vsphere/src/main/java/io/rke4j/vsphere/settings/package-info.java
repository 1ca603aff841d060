/**
 * What a driver for vSphere has to know, as records and from the keys of Rancher's node templates.
 */
@NullMarked
package io.rke4j.vsphere.settings;

import org.jspecify.annotations.NullMarked;
