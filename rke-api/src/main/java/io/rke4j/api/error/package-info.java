/** The base of every error that this library throws on purpose. */
@NullMarked
package io.rke4j.api.error;

import org.jspecify.annotations.NullMarked;
