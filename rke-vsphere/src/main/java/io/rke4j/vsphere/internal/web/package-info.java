/** HTTPS to one vCenter server, whose certificate is verified. */
@NullMarked
package io.rke4j.vsphere.internal.web;

import org.jspecify.annotations.NullMarked;
