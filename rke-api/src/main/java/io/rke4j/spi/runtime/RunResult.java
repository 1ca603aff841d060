package io.rke4j.spi.runtime;

/**
 * How a container that ran to its end came out.
 *
 * @param exitCode its process' exit code
 * @param standardOutput what it wrote to standard output
 * @param standardError what it wrote to standard error
 */
public record RunResult(int exitCode, String standardOutput, String standardError) {}
