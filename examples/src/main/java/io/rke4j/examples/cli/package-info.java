/** A thin command line over the library. */
@NullMarked
package io.rke4j.examples.cli;

import org.jspecify.annotations.NullMarked;
