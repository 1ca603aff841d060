/** The files that stand beside a class. */
@NullMarked
package io.rke4j.core.resource;

import org.jspecify.annotations.NullMarked;
