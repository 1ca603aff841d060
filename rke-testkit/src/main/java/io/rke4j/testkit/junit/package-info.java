/**
 * JUnit 5 extensions that give a test its own hosts, simulated or real, and what builds on them.
 */
@NullMarked
package io.rke4j.testkit.junit;

import org.jspecify.annotations.NullMarked;
