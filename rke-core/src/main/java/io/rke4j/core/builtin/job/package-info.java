/** The default addon deployer: a ConfigMap with the manifest and a Job that applies it. */
@NullMarked
package io.rke4j.core.builtin.job;

import org.jspecify.annotations.NullMarked;
