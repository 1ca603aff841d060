/**
 * The simulated cluster's memory: objects, their life cycle, their versions and who watches them.
 */
@NullMarked
package io.rke4j.testkit.kube.store;

import org.jspecify.annotations.NullMarked;
