/** What is remembered of a cluster between runs, and how it is written down. */
@NullMarked
package io.rke4j.core.state;

import org.jspecify.annotations.NullMarked;
