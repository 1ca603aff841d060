/**
 * Carries steps out: knows order, decisions, events, waiting and cancellation, but no Kubernetes.
 */
@NullMarked
package io.rke4j.core.engine;

import org.jspecify.annotations.NullMarked;
