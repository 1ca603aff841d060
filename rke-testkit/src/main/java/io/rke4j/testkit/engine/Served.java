package io.rke4j.testkit.engine;

import io.rke4j.testkit.host.EngineRelease;

/**
 * Whom a client speaks to, and in which version of the API.
 *
 * @param engine the engine
 * @param api the second number of the version, for example 41
 */
record Served(EngineRelease engine, int api) {}
