package io.rke4j.testkit.ssh;

import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;

/** What a server speaks: what the library takes by itself, without compression. */
final class SshServerDefaults {

  private SshServerDefaults() {}

  static void apply(SshServer server) {
    ServerBuilder builder =
        new ServerBuilder() {
          @Override
          public SshServer build(boolean fillWithDefaultValues) {
            factory = () -> server;
            return super.build(fillWithDefaultValues);
          }
        };
    builder.compressionFactories(java.util.List.of(BuiltinCompressions.none)).build(true);
  }
}
