/** Containers run by Docker Engine, over whatever connection a host has. */
@NullMarked
package io.rke4j.core.builtin.docker;

import org.jspecify.annotations.NullMarked;
