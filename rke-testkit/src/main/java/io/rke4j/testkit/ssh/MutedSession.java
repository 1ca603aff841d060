package io.rke4j.testkit.ssh;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.function.BooleanSupplier;
import org.apache.sshd.common.future.CloseFuture;
import org.apache.sshd.common.future.SshFutureListener;
import org.apache.sshd.common.io.AbstractIoWriteFuture;
import org.apache.sshd.common.io.IoService;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.IoWriteFuture;
import org.apache.sshd.common.util.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A connection whose answers, from some moment on, arrive nowhere. */
record MutedSession(IoSession session, BooleanSupplier isMuted) implements IoSession {

  /** Leaves a sign in the connection that a session of SSH was made of it. */
  MutedSession {
    session.setAttribute(MutedSession.class, true);
  }

  @Override
  public IoWriteFuture writeBuffer(Buffer buffer) throws IOException {
    return isMuted.getAsBoolean()
        ? AbstractIoWriteFuture.fulfilled("muted", true)
        : session.writeBuffer(buffer);
  }

  @Override
  public long getId() {
    return session.getId();
  }

  @Override
  public SocketAddress getAcceptanceAddress() {
    return session.getAcceptanceAddress();
  }

  @Override
  public SocketAddress getRemoteAddress() {
    return session.getRemoteAddress();
  }

  @Override
  public SocketAddress getLocalAddress() {
    return session.getLocalAddress();
  }

  @Override
  public @Nullable Object getAttribute(Object key) {
    return session.getAttribute(key);
  }

  @Override
  public @Nullable Object setAttribute(Object key, Object value) {
    return session.setAttribute(key, value);
  }

  @Override
  public @Nullable Object setAttributeIfAbsent(Object key, Object value) {
    return session.setAttributeIfAbsent(key, value);
  }

  @Override
  public @Nullable Object removeAttribute(Object key) {
    return session.removeAttribute(key);
  }

  @Override
  public CloseFuture close(boolean immediately) {
    return session.close(immediately);
  }

  @Override
  public void addCloseFutureListener(SshFutureListener<CloseFuture> listener) {
    session.addCloseFutureListener(listener);
  }

  @Override
  public void removeCloseFutureListener(SshFutureListener<CloseFuture> listener) {
    session.removeCloseFutureListener(listener);
  }

  @Override
  public boolean isClosed() {
    return session.isClosed();
  }

  @Override
  public boolean isClosing() {
    return session.isClosing();
  }

  @Override
  public IoService getService() {
    return session.getService();
  }

  @Override
  public void shutdownOutputStream() throws IOException {
    session.shutdownOutputStream();
  }

  @Override
  public void suspendRead() {
    session.suspendRead();
  }

  @Override
  public void resumeRead() {
    session.resumeRead();
  }
}
