/** What will happen, before it happens. */
@NullMarked
package io.rke4j.api.plan;

import org.jspecify.annotations.NullMarked;
