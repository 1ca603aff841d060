/** What a simulated host is made of: a file tree, ports, facts. */
@NullMarked
package io.rke4j.testkit.host;

import org.jspecify.annotations.NullMarked;
