package io.rke4j.api.cluster;

import java.util.Optional;

/** A program in the cluster that speaks for it to a server elsewhere, or checks who calls it. */
public sealed interface Agent {

  /** What it is called: the ConfigMap of its manifest, and the start of its Job's name. */
  String name();

  /**
   * One of those that Rancher 2.4 puts into a cluster.
   *
   * @param kind which
   * @param ownImage the image in place of Rancher's, if any
   */
  record Standard(StandardAgent kind, Optional<ImageRef> ownImage) implements Agent {

    @Override
    public String name() {
      return kind.addon();
    }
  }

  /**
   * One of the user's own.
   *
   * @param name an RFC 1123 label of at most 47 characters
   * @param manifest one or more YAML documents, in which <code>${server}</code>, <code>
   *     ${caChecksum}</code>, <code>${namespace}</code> and <code>${credentials}</code> stand for
   *     the server, the checksum of its authority, the namespace of agents, and the Secret there
   *     with keys {@code url} and {@code token}
   */
  record Own(String name, String manifest) implements Agent {

    /** Checks name and manifest as those of an addon are. */
    public Own {
      Addon.inline(name, manifest);
    }
  }
}
