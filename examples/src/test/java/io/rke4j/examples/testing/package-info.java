/** What docs/testing.md shows, compiled and run. */
@NullMarked
package io.rke4j.examples.testing;

import org.jspecify.annotations.NullMarked;
