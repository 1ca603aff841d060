/** Logins to Amazon's Elastic Container Registry. */
@NullMarked
package io.rke4j.core.builtin.ecr;

import org.jspecify.annotations.NullMarked;
