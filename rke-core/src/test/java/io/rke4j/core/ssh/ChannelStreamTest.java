package io.rke4j.core.ssh;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rke4j.spi.node.Stream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import net.schmizz.sshj.connection.ConnectionException;
import net.schmizz.sshj.connection.channel.Channel;
import net.schmizz.sshj.transport.TransportException;
import org.junit.jupiter.api.Test;

class ChannelStreamTest {

  @Test
  void closingAStreamOfALostConnectionIsNoFailure() {
    Stream stream = failingToClose(new TransportException("Socket closed"));
    assertThatCode(stream::close).doesNotThrowAnyException();
  }

  @Test
  void neitherIsWaitingInVainForALostConnectionToAgree() {
    Stream stream = failingToClose(new ConnectionException(new TransportException("EOF")));
    assertThatCode(stream::close).doesNotThrowAnyException();
  }

  @Test
  void anotherFailureOfClosingIsTold() {
    Stream stream = failingToClose(new ConnectionException("Timeout expired"));
    assertThatThrownBy(stream::close).isInstanceOf(ConnectionException.class);
  }

  private static Stream failingToClose(IOException failure) {
    Channel channel =
        (Channel)
            Proxy.newProxyInstance(
                ChannelStreamTest.class.getClassLoader(),
                new Class<?>[] {Channel.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getInputStream" -> InputStream.nullInputStream();
                      case "getOutputStream" -> OutputStream.nullOutputStream();
                      case "close" -> throw failure;
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    return new ChannelStream(channel, new WriteLimit(() -> {}, Duration.ofSeconds(1)));
  }
}
