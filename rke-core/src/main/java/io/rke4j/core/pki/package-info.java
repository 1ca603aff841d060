/**
 * Keys and certificates: what a cluster needs, how it is issued, and which host gets which file.
 */
@NullMarked
package io.rke4j.core.pki;

import org.jspecify.annotations.NullMarked;
