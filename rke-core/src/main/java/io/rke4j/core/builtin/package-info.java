/**
 * The parts that are there unless others are chosen; written with nothing that a stranger could not
 * use.
 */
@NullMarked
package io.rke4j.core.builtin;

import org.jspecify.annotations.NullMarked;
