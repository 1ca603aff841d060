/** What of vCenter is only to be had by REST: tags and content libraries. */
@NullMarked
package io.rke4j.vsphere.internal.rest;

import org.jspecify.annotations.NullMarked;
