/** Tests that build real clusters on the hosts of the lab. */
@NullMarked
package io.rke4j.examples.lab;

import org.jspecify.annotations.NullMarked;
