package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.behaviour.Etcds.Member;
import io.rke4j.testkit.behaviour.HttpPort.Reply;
import io.rke4j.testkit.container.ContainerProcess;
import io.rke4j.testkit.container.ContainerSettings;
import io.rke4j.testkit.host.FileEntry;
import io.rke4j.testkit.host.PortService;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * A member of etcd: keeps a data folder, finds the others by its flags, and is healthy while most
 * of them run. Clients reach its health endpoint with the certificates that it finds on its host.
 */
final class Etcd extends Program {

  private static final String DATABASE = "/member/snap/db";

  private final Etcds etcds;

  Etcd(Etcds etcds) {
    this.etcds = etcds;
  }

  @Override
  public void start(ContainerProcess process) {
    try {
      SSLContext tls = tls(process);
      Member candidate = member(process);
      HttpPort health = new HttpPort(path -> answer(path, candidate));
      for (int port : ports(process, "listen-client-urls")) {
        boolean asks = process.settings().flag("client-cert-auth").isPresent();
        process.listen(port, health.with(tls, asks));
      }
      for (int port : ports(process, "listen-peer-urls")) {
        process.listen(port, PortService.SILENT);
      }
      // Should it not get all its ports, it has never been there.
      Member member = etcds.join(candidate);
      process.atEnd(() -> etcds.ended(member));
      keep(process, member);
      process.err("{\"level\":\"info\",\"msg\":\"ready to serve client requests\"}");
    } catch (IOException | GeneralSecurityException e) {
      process.err(
          "{\"level\":\"fatal\",\"msg\":\"discovery failed\",\"error\":\""
              + e.getMessage()
              + "\"}");
      process.exit(1);
    }
  }

  private Reply answer(String path, Member member) {
    if (!path.equals("/health")) {
      return Reply.NOT_FOUND;
    }
    return etcds.hasQuorum(member)
        ? new Reply(200, "{\"health\":\"true\",\"reason\":\"\"}")
        : new Reply(503, "{\"health\":\"false\",\"reason\":\"RAFT NO LEADER\"}");
  }

  private static SSLContext tls(ContainerProcess process)
      throws IOException, GeneralSecurityException {
    return Tls.server(
        Files.required(process, "cert-file"),
        Files.required(process, "key-file"),
        Files.required(process, "trusted-ca-file"));
  }

  private Member member(ContainerProcess process) {
    ContainerSettings settings = process.settings();
    List<String> peers =
        list(settings, "initial-cluster").stream()
            .map(entry -> entry.substring(entry.indexOf('=') + 1))
            .toList();
    String data = process.files().text(database(process)).orElse("").strip();
    return new Member(
        settings.flag("name").orElse(""),
        settings.flag("initial-advertise-peer-urls").orElse(""),
        list(settings, "advertise-client-urls"),
        peers,
        data);
  }

  private static String database(ContainerProcess process) {
    return process.settings().flag("data-dir").orElse("/default.etcd") + DATABASE;
  }

  private static void keep(ContainerProcess process, Member member) {
    process.files().put(database(process), FileEntry.file(0600, member.data() + "\n"));
  }

  private static List<String> list(ContainerSettings settings, String flag) {
    return settings.flag(flag).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .filter(entry -> !entry.isBlank())
        .toList();
  }

  private static List<Integer> ports(ContainerProcess process, String flag) {
    return list(process.settings(), flag).stream()
        .map(url -> Integer.valueOf(url.substring(url.lastIndexOf(':') + 1)))
        .toList();
  }

  @Override
  public ExecAnswer exec(ContainerProcess process, List<String> command) {
    if (command.isEmpty() || !command.get(0).endsWith("etcdctl")) {
      return super.exec(process, command);
    }
    Member member = member(process);
    String words =
        command.stream()
            .skip(1)
            .filter(word -> !word.startsWith("-"))
            .collect(Collectors.joining(" "));
    return switch (words) {
      case "endpoint health" -> endpointHealth(member);
      case "member list" -> ExecAnswer.of(memberList(member));
      default -> ExecAnswer.failed(1, "Error: a simulated etcd knows no " + words + "\n");
    };
  }

  private ExecAnswer endpointHealth(Member member) {
    String url = member.clientUrls().isEmpty() ? "" : member.clientUrls().get(0);
    return etcds.hasQuorum(member)
        ? ExecAnswer.of(url + " is healthy: successfully committed proposal: took = 1ms\n")
        : ExecAnswer.failed(
            1, url + " is unhealthy: failed to commit proposal: context deadline exceeded\n");
  }

  private String memberList(Member member) {
    return etcds.with(member.data()).stream()
        .map(
            it ->
                "%016x, started, %s, %s, %s, false\n"
                    .formatted(
                        it.peerUrl().hashCode(),
                        it.name(),
                        it.peerUrl(),
                        String.join(",", it.clientUrls())))
        .collect(Collectors.joining());
  }
}
