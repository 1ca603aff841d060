/** The ways to patch an object: JSON patch, merge patch, strategic merge patch. */
@NullMarked
package io.rke4j.testkit.kube.patch;

import org.jspecify.annotations.NullMarked;
