package io.rke4j.testkit.behaviour;

import io.rke4j.testkit.kube.api.EtcdLink;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The etcd members of all hosts, and who can vote with whom. Thread-safe. */
final class Etcds {

  private final Map<String, Member> running = new LinkedHashMap<>();

  /**
   * A member that runs.
   *
   * @param name its name
   * @param peerUrl where other members reach it
   * @param clientUrls where clients reach it
   * @param peers the addresses of all members, its own included
   * @param data which data it has: members of one etcd have the same; empty for none
   */
  record Member(
      String name, String peerUrl, List<String> clientUrls, List<String> peers, String data) {

    Member {
      clientUrls = List.copyOf(clientUrls);
      peers = List.copyOf(peers);
    }

    Member with(String newData) {
      return new Member(name, peerUrl, clientUrls, peers, newData);
    }
  }

  /**
   * A member comes up. One that has no data yet gets those of the others, or new ones; of several
   * that come at the same time, all get the same.
   *
   * @param member with empty data if it has none yet
   * @return the member with its data
   */
  synchronized Member join(Member member) {
    Member joined = member.data().isEmpty() ? member.with(dataOf(member.peers())) : member;
    running.put(joined.peerUrl(), joined);
    return joined;
  }

  private String dataOf(List<String> peers) {
    return peers.stream()
        .map(running::get)
        .filter(member -> member != null)
        .map(Member::data)
        .findFirst()
        .orElseGet(() -> UUID.randomUUID().toString());
  }

  synchronized void ended(Member member) {
    running.remove(member.peerUrl(), member);
  }

  /** Whether a member runs with most of the others, so that they can agree on anything. */
  synchronized boolean hasQuorum(Member candidate) {
    Member member = running.get(candidate.peerUrl());
    if (member == null) {
      return false;
    }
    long voters =
        member.peers().stream()
            .map(running::get)
            .filter(peer -> peer != null && peer.data().equals(member.data()))
            .count();
    return voters > member.peers().size() / 2;
  }

  /** The data behind the first address at which a healthy member answers. */
  synchronized Optional<String> dataAt(List<String> clientUrls) {
    return clientUrls.stream()
        .flatMap(
            url -> running.values().stream().filter(member -> member.clientUrls().contains(url)))
        .filter(this::hasQuorum)
        .map(Member::data)
        .findFirst();
  }

  /** How the etcd with these data is for whoever knows its members by these addresses. */
  synchronized EtcdLink.State state(List<String> clientUrls, String data) {
    List<Member> reached =
        running.values().stream()
            .filter(member -> member.data().equals(data))
            .filter(member -> member.clientUrls().stream().anyMatch(clientUrls::contains))
            .toList();
    if (reached.isEmpty()) {
      return EtcdLink.State.GONE;
    }
    return reached.stream().anyMatch(this::hasQuorum)
        ? EtcdLink.State.HEALTHY
        : EtcdLink.State.WITHOUT_LEADER;
  }

  /** The members that run with the same data. */
  synchronized List<Member> with(String data) {
    return running.values().stream().filter(member -> member.data().equals(data)).toList();
  }
}
