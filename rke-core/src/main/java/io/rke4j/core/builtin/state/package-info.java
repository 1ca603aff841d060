/** The built-in state store: files in a folder. */
@NullMarked
package io.rke4j.core.builtin.state;

import org.jspecify.annotations.NullMarked;
