package io.rke4j.spi.runtime;

import java.util.List;

/**
 * What a container engine says of itself and its host.
 *
 * @param version the engine's version, for example {@code 20.10.24}
 * @param operatingSystem the host's name for itself, for example {@code Debian GNU/Linux 12}
 * @param architecture the processor, for example {@code x86_64}
 * @param rootDirectory where the engine keeps its data
 * @param cgroupDriver {@code cgroupfs} or {@code systemd}
 * @param securityOptions for example {@code name=selinux}
 */
public record EngineFacts(
    String version,
    String operatingSystem,
    String architecture,
    String rootDirectory,
    String cgroupDriver,
    List<String> securityOptions) {

  /** Copies the options. */
  public EngineFacts {
    securityOptions = List.copyOf(securityOptions);
  }

  /** Whether containers are confined by SELinux. */
  public boolean selinux() {
    return securityOptions.stream().anyMatch(option -> option.contains("selinux"));
  }
}
