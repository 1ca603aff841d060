package io.rke4j.core.builtin.docker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.AuthConfigurations;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.core.SSLConfig;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Settings of the Docker client; nothing of this machine's own Docker configuration is in them. */
record EngineSettings(RemoteApiVersion version) implements DockerClientConfig {

  /** One for all hosts: what it finds out about a class costs more than many answers to be read. */
  private static final ObjectMapper MAPPER = DockerClientConfig.getDefaultObjectMapper();

  @Override
  public ObjectMapper getObjectMapper() {
    return MAPPER;
  }

  @Override
  public URI getDockerHost() {
    return URI.create("unix:///");
  }

  @Override
  public RemoteApiVersion getApiVersion() {
    return version;
  }

  @Override
  public @Nullable String getRegistryUsername() {
    return null;
  }

  @Override
  public @Nullable String getRegistryPassword() {
    return null;
  }

  @Override
  public @Nullable String getRegistryEmail() {
    return null;
  }

  @Override
  public @Nullable String getRegistryUrl() {
    return null;
  }

  @Override
  public @Nullable AuthConfig effectiveAuthConfig(String imageName) {
    return null;
  }

  @Override
  public AuthConfigurations getAuthConfigurations() {
    return new AuthConfigurations();
  }

  @SuppressWarnings("deprecation") // the interface itself uses the old name
  @Override
  public @Nullable SSLConfig getSSLConfig() {
    return null;
  }
}
