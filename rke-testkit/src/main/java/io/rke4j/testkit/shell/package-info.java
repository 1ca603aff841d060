/** A small shell: runs scripts that hosts and containers are given, with programs of a model. */
@NullMarked
package io.rke4j.testkit.shell;

import org.jspecify.annotations.NullMarked;
