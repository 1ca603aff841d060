package io.rke4j.api.cluster;

import java.net.URI;
import java.util.List;

/** Who runs etcd. */
public sealed interface EtcdHosting {

  /**
   * The nodes with role etcd do.
   *
   * @param uid the user that members run as, and whose their data and keys are; 0 is root
   * @param gid that user's group
   */
  record Managed(int uid, int gid) implements EtcdHosting {

    /** By root, as RKE does unless told otherwise. */
    public static final Managed BY_ROOT = new Managed(0, 0);

    /** Checks that both are given or neither; RKE passes over one without the other. */
    public Managed {
      if (uid < 0 || gid < 0) {
        throw new IllegalArgumentException("has a negative uid or gid");
      }
      if ((uid == 0) != (gid == 0)) {
        throw new IllegalArgumentException("needs uid and gid, or neither");
      }
    }

    /** Whether members run as root. */
    public boolean byRoot() {
      return uid == 0;
    }

    /** User and group as Docker writes them; empty for root. */
    public String user() {
      return byRoot() ? "" : uid + ":" + gid;
    }
  }

  /**
   * Somebody else does: the cluster's API servers are its clients. No node has role etcd.
   *
   * @param urls the members' client addresses
   * @param authority the certificate by which members are known, as PEM
   * @param certificate the API servers' client certificate, as PEM
   * @param key its key, as PEM
   * @param path the folder of etcd that holds the cluster's data, for example {@code /registry}
   */
  record External(List<String> urls, String authority, String certificate, Secret key, String path)
      implements EtcdHosting {

    /** Checks the addresses and the path; whether the certificates fit is checked later. */
    public External {
      urls = List.copyOf(urls);
      urls.forEach(External::checkUrl);
      if (!path.matches("/[^\\s]*")) {
        throw new IllegalArgumentException("has path '" + path + "', which must begin with /");
      }
    }

    private static void checkUrl(String url) {
      if (!url.matches("https://[^\\s,/@]+/?") || URI.create(url).getHost() == null) {
        throw new IllegalArgumentException(
            "'" + url + "' is not an address such as https://e:2379");
      }
    }
  }
}
