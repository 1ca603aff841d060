/**
 * What the library relies on in the implementations of its plug-in interfaces, as tests: extend the
 * class for the interface that you implement, say how one is opened, and run it with JUnit 5.
 */
@NullMarked
package io.rke4j.testkit.contract;

import org.jspecify.annotations.NullMarked;
