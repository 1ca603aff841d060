/** Assertions about plans, events and files, in AssertJ's style. */
@NullMarked
package io.rke4j.testkit.assertion;

import org.jspecify.annotations.NullMarked;
