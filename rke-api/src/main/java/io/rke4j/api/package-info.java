/** What a user calls: plan, apply, await, remove. */
@NullMarked
package io.rke4j.api;

import org.jspecify.annotations.NullMarked;
