package io.rke4j.core.config;

import io.rke4j.api.cluster.EtcdHosting.External;
import io.rke4j.api.cluster.Secret;
import io.rke4j.api.cluster.ServicesBuilder;
import io.rke4j.core.pki.ExternalEtcd;
import java.util.List;

/** Reads who runs etcd. */
record EtcdReader(Place etcd, FileProblems problems) {

  private static final List<String> OF_EXTERNAL = List.of("ca_cert", "cert", "key", "path");

  void read(ServicesBuilder builder) {
    int uid = etcd.whole("uid").orElse(0);
    int gid = etcd.whole("gid").orElse(0);
    boolean byUser = uid != 0 || gid != 0;
    List<String> urls = etcd.texts("external_urls");
    if (!urls.isEmpty() && byUser) {
      problems.add(etcd.at("uid"), "means nothing to an etcd of external_urls", "leave it out");
    }
    if (!urls.isEmpty()) {
      external(urls, builder);
      return;
    }
    for (String key : OF_EXTERNAL) {
      if (etcd.has(key) && etcd.text(key).isPresent()) {
        problems.add(etcd.at(key), "means nothing without external_urls", "leave it out");
      }
    }
    if (byUser) {
      builder.etcdUser(uid, gid);
    }
  }

  private void external(List<String> urls, ServicesBuilder builder) {
    List<String> missing = OF_EXTERNAL.stream().filter(key -> etcd.text(key).isEmpty()).toList();
    missing.stream()
        .filter(key -> !problems.explains(etcd.at(key)))
        .forEach(key -> problems.add(etcd.at(key), "is missing", "external_urls needs it"));
    Secret key = Secret.of(etcd.text("key").orElse(""));
    String authority = etcd.text("ca_cert").orElse("");
    String certificate = etcd.text("cert").orElse("");
    String path = etcd.text("path").orElse("/registry");
    builder.externalEtcd(urls, authority, certificate, key, path);
    if (missing.isEmpty()) {
      try {
        ExternalEtcd.problems(new External(urls, authority, certificate, key, path))
            .forEach(one -> problems.add(one.path(), one.problem(), one.hint()));
      } catch (IllegalArgumentException e) {
        // The builder has noted it.
      }
    }
  }
}
