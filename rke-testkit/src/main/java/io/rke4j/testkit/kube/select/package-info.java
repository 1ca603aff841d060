/** Label selectors and field selectors. */
@NullMarked
package io.rke4j.testkit.kube.select;

import org.jspecify.annotations.NullMarked;
