package io.rke4j.examples.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An etcd that no cluster of ours has made, on a host of the lab; it wants to see certificates. */
record ForeignEtcd(LabHost host, Path keys) {

  private static final String NAME = "foreign-etcd";
  private static final String IMAGE = "rancher/mirrored-coreos-etcd:v3.4.15-rancher1";

  /** An authority, and what it has signed for the server at an address and for one client. */
  private static final String MAKE_KEYS =
      """
      set -e
      openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=foreign-ca -keyout ca-key.pem -out ca.pem
      for name in server client; do
        openssl req -newkey rsa:2048 -nodes -subj /CN=$name -keyout $name-key.pem -out $name.csr
        echo subjectAltName=IP:%s,IP:127.0.0.1 >$name.ext
        openssl x509 -req -days 2 -in $name.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial \\
          -extfile $name.ext -out $name.pem
      done
      """;

  private static final String RUN =
      """
      docker run --detach --name %s --network host --volume /etc/foreign:/keys:ro %s etcd \
        --name foreign --data-dir /data \
        --listen-client-urls https://0.0.0.0:2379 --advertise-client-urls https://%s:2379 \
        --client-cert-auth --trusted-ca-file /keys/ca.pem \
        --cert-file /keys/server.pem --key-file /keys/server-key.pem
      """;

  static ForeignEtcd start(LabHost host, Path folder) throws IOException {
    Path keys = Files.createDirectories(folder.resolve("foreign"));
    Command.of("sh", "-c", "cd " + keys + "\n" + MAKE_KEYS.formatted(host.address())).output();
    Command.of("docker", "cp", keys.toString(), host.name() + ":/etc/foreign").output();
    host.shell(RUN.formatted(NAME, IMAGE, host.address()));
    return new ForeignEtcd(host, keys);
  }

  /** A cluster.yml with the files that open it, in place of their names. */
  String open(String clusterFile) throws IOException {
    String text = clusterFile;
    for (String name : new String[] {"ca.pem", "client.pem", "client-key.pem"}) {
      text = text.replace("${" + name + "}", Files.readString(keys.resolve(name), UTF_8).indent(6));
    }
    return text;
  }

  /** A line of the client's key, which nobody but the API server may know. */
  String lineOfClientKey() throws IOException {
    return Files.readAllLines(keys.resolve("client-key.pem"), UTF_8).get(1);
  }

  /** What etcdctl answers. */
  String ask(String words) {
    return host.shell(
        "docker exec --env ETCDCTL_API=3 "
            + NAME
            + " etcdctl --endpoints https://127.0.0.1:2379 --cacert /keys/ca.pem"
            + " --cert /keys/client.pem --key /keys/client-key.pem "
            + words);
  }
}
