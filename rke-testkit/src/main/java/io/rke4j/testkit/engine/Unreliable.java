package io.rke4j.testkit.engine;

import io.rke4j.testkit.engine.EngineFaults.EngineRequest;
import io.rke4j.testkit.host.FleetTime;
import java.io.IOException;
import java.util.regex.Pattern;

/** Answers requests, but for those that are to go wrong. */
final class Unreliable implements HttpConnection.Handler {

  private static final Pattern VERSION = Pattern.compile("^/v\\d+\\.\\d+(?=/)");

  private final Router router;
  private final EngineFaults faults;
  private final FleetTime time;

  Unreliable(Router router, EngineFaults faults, FleetTime time) {
    this.router = router;
    this.faults = faults;
    this.time = time;
  }

  @Override
  public void handle(HttpRequest request, HttpConnection connection) throws IOException {
    String path = VERSION.matcher(request.path()).replaceFirst("");
    for (EngineFault fault : faults.of(new EngineRequest(request.method(), path))) {
      if (fault instanceof EngineFault.Delay delay) {
        time.sleep(delay.time());
      } else if (fault instanceof EngineFault.Meanwhile event) {
        event.action().run();
      } else if (fault instanceof EngineFault.CutOff cut) {
        connection.cutAfter(cut.bytes());
      } else if (fault instanceof EngineFault.HalfOpen halfOpen) {
        connection.halfOpenAfter(halfOpen.bytes());
      } else if (fault instanceof EngineFault.Silence) {
        connection.halfOpenAfter(0);
        return;
      } else if (fault instanceof EngineFault.Refusal refusal) {
        router.refuse(request, connection, refusal);
        return;
      } else {
        if (fault instanceof EngineFault.Stall stall) {
          time.sleep(stall.time());
        }
        throw new IOException("the stream is to end here");
      }
    }
    router.handle(request, connection);
  }
}
