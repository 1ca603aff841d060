package io.rke4j.core.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.rke4j.core.ssh.KnownHostsFile.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownHostsFileTest {

  @Test
  void plainEntryIsFoundByNameAndPort() throws Exception {
    PublicKey key = SshServerForTests.ecdsa().getPublic();
    KnownHostsFile file =
        KnownHostsFile.parse(
            "# a comment\n\nnot an entry\n" + KnownHostsFile.line("Host.example", 2222, key));
    assertThat(file.judge("host.example", 2222, key)).isEqualTo(Verdict.TRUSTED);
    assertThat(file.judge("host.example", 22, key)).isEqualTo(Verdict.UNKNOWN);
    assertThat(file.judge("host.example", 2222, SshServerForTests.ecdsa().getPublic()))
        .isEqualTo(Verdict.CHANGED);
  }

  @Test
  void hashedEntryIsFound() throws Exception {
    PublicKey key = SshServerForTests.ecdsa().getPublic();
    String line = KnownHostsFile.line("10.0.0.1", 2222, key);
    String hashed = hash("[10.0.0.1]:2222") + line.substring(line.indexOf(' '));
    KnownHostsFile file = KnownHostsFile.parse(hashed + "\n");
    assertThat(file.judge("10.0.0.1", 2222, key)).isEqualTo(Verdict.TRUSTED);
    assertThat(file.judge("10.0.0.2", 2222, key)).isEqualTo(Verdict.UNKNOWN);
    assertThat(file.algorithms("10.0.0.1", 2222)).containsExactly("ecdsa-sha2-nistp256");
  }

  private static String hash(String host) throws Exception {
    byte[] salt = "0123456789abcdefghij".getBytes(StandardCharsets.UTF_8);
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(salt, "HmacSHA1"));
    Base64.Encoder base64 = Base64.getEncoder();
    return "|1|"
        + base64.encodeToString(salt)
        + "|"
        + base64.encodeToString(mac.doFinal(host.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void revokedKeyIsNeverTrusted() throws Exception {
    PublicKey key = SshServerForTests.ecdsa().getPublic();
    String line = KnownHostsFile.line("10.0.0.1", 22, key);
    assertThat(KnownHostsFile.parse(line + "\n@revoked " + line).judge("10.0.0.1", 22, key))
        .isEqualTo(Verdict.REVOKED);
  }

  @Test
  void knownRsaKeyIsAskedForWithModernSignatures() throws Exception {
    PublicKey key = SshServerForTests.rsa().getPublic();
    assertThat(
            KnownHostsFile.parse(KnownHostsFile.line("10.0.0.1", 22, key))
                .algorithms("10.0.0.1", 22))
        .contains("rsa-sha2-512", "rsa-sha2-256");
  }

  @Test
  void manyHostsAreWrittenDownAtOnce(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("known_hosts");
    Files.writeString(file, "# no newline at the end");
    PublicKey key = SshServerForTests.ecdsa().getPublic();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Verdict>> verdicts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String host = "10.0.0." + i % 20;
      verdicts.add(threads.submit(() -> TrustFile.judgeOrAdd(file, host, 22, key)));
    }
    for (Future<Verdict> verdict : verdicts) {
      assertThat(verdict.get()).isEqualTo(Verdict.TRUSTED);
    }
    threads.shutdown();
    assertThat(Files.readAllLines(file)).hasSize(21).doesNotHaveDuplicates();
  }
}
