/** What is kept of clusters in a management cluster: namespaces, roles, records, conditions. */
@NullMarked
package io.rke4j.core.management;

import org.jspecify.annotations.NullMarked;
