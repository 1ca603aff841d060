/** Which resources an API server serves: a table, and what CustomResourceDefinitions add to it. */
@NullMarked
package io.rke4j.testkit.kube.resource;

import org.jspecify.annotations.NullMarked;
