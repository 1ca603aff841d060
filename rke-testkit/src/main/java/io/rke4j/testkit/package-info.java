/** For tests of programs that embed rke4j, and of plug-ins. */
@NullMarked
package io.rke4j.testkit;

import org.jspecify.annotations.NullMarked;
